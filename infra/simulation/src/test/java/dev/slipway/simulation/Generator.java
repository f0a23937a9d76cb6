package dev.slipway.simulation;

import dev.slipway.simulation.Effect.Door;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Makes schedules from seeds, each in its own way. */
enum Generator {
    /** Everything can happen, everything about as often. */
    UNIFORM {
        @Override
        Conditions conditions(long seed, Chance chance) {
            Map<Trouble, Double> troubles = new EnumMap<>(Trouble.class);
            Arrays.stream(Trouble.values()).forEach(trouble -> troubles.put(trouble, 0.12));
            return new Conditions(
                    chance.between(1, 2),
                    chance.between(2, 4),
                    chance.skewed(100, 120_000),
                    without(troubles, Trouble.STRANGER_DELETES, Trouble.STRANGER_WIPES),
                    Faults.some(chance.fork(), 0.01, 8, FAILING, _ -> true));
        }
    },

    /** Each seed switches kinds of trouble on and off. */
    SWARM {
        @Override
        Conditions conditions(long seed, Chance chance) {
            Map<Trouble, Double> troubles = new EnumMap<>(Trouble.class);
            for (Trouble trouble : Trouble.values()) {
                if (chance.hits(0.3)) {
                    troubles.put(trouble, chance.of(List.of(0.1, 0.3, 0.7)));
                }
            }
            List<Fate> kinds = FAILING.stream().filter(_ -> chance.hits(0.5)).toList();
            boolean writesOnly = chance.hits(0.5);
            return new Conditions(
                    chance.between(1, 4),
                    chance.between(2, 6),
                    chance.skewed(100, 180_000),
                    troubles,
                    Faults.some(
                            chance.fork(),
                            chance.of(List.of(0.005, 0.02, 0.08)),
                            chance.between(1, 12),
                            kinds,
                            effect -> !writesOnly || effect.writes()));
        }
    },

    /** One call after the other fails in each way, while a second drop or a request comes. */
    DIRECTED {
        @Override
        Conditions conditions(long seed, Chance chance) {
            long point = Math.floorMod(seed / 4, 3L * FAILING.size() * MOST_CALLS);
            String worker = WORKERS.get((int) (point % 3));
            Fate fate = FAILING.get((int) (point / 3 % FAILING.size()));
            int number = (int) (point / 3 / FAILING.size());
            Map<Trouble, Double> troubles = new EnumMap<>(Trouble.class);
            for (Trouble trouble :
                    List.of(
                            Trouble.SECOND_REPLICA,
                            Trouble.START_FAILS,
                            Trouble.BUILD_FAILS,
                            Trouble.SAME_CONTENT,
                            Trouble.EVENTS,
                            Trouble.SLOW_ROLLOUTS,
                            Trouble.ETAG_FOLLOWS_STATUS,
                            Trouble.REQUESTS)) {
                if (chance.hits(0.4)) {
                    troubles.put(trouble, 0.4);
                }
            }
            return new Conditions(
                    1,
                    chance.between(2, 3),
                    chance.skewed(10, 40_000),
                    troubles,
                    Faults.at(worker, number, fate, chance.between(1, 40)));
        }
    },

    /** Calls fail only where a service is written, a build begun or something asked for. */
    FOCUS {
        @Override
        Conditions conditions(long seed, Chance chance) {
            Map<Trouble, Double> troubles = new EnumMap<>(Trouble.class);
            troubles.put(Trouble.SECOND_REPLICA, 0.7);
            for (Trouble trouble :
                    List.of(
                            Trouble.START_FAILS,
                            Trouble.START_FAILS_BY_PLATFORM,
                            Trouble.SAME_CONTENT,
                            Trouble.SAME_CONTENT,
                            Trouble.EVENTS,
                            Trouble.PUBLIC,
                            Trouble.SLOW_ROLLOUTS,
                            Trouble.ETAG_FOLLOWS_STATUS,
                            Trouble.DUPLICATES,
                            Trouble.STRANGER_WIPES,
                            Trouble.REQUESTS)) {
                if (chance.hits(0.4)) {
                    troubles.put(trouble, chance.of(List.of(0.2, 0.5)));
                }
            }
            return new Conditions(
                    1,
                    chance.between(2, 4),
                    chance.skewed(10, 90_000),
                    troubles,
                    Faults.some(
                            chance.fork(),
                            chance.of(List.of(0.15, 0.4)),
                            chance.between(1, 6),
                            FAILING,
                            Generator::isInFocus));
        }
    };

    private static final int MOST_CALLS = 150;
    private static final List<String> WORKERS = List.of("upload", "build", "deploy");
    private static final List<Fate> FAILING =
            Arrays.stream(Fate.values()).filter(fate -> fate != Fate.OK).toList();

    /** What the schedule of this seed is made of. */
    abstract Conditions conditions(long seed, Chance chance);

    private static boolean isInFocus(Effect effect) {
        return effect.writes()
                && (effect.door() == Door.SERVICES
                        || effect.door() == Door.TRIGGERS
                        || (effect.door() == Door.BUILDS && effect.method().equals("submit"))
                        || effect.about().startsWith("requested/"));
    }

    private static Map<Trouble, Double> without(Map<Trouble, Double> all, Trouble... some) {
        Arrays.asList(some).forEach(all::remove);
        return all;
    }
}
