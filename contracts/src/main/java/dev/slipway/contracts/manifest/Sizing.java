package dev.slipway.contracts.manifest;

import java.time.Duration;
import java.util.Optional;

/**
 * How large an instance is, how much it takes and how many there are, with the profile's defaults
 * (gcloud run deploy, gcloud functions deploy).
 */
record Sizing(
        Memory memory,
        Cpu cpu,
        int concurrency,
        Duration timeout,
        int minInstances,
        int maxInstances) {
    private static final int MANY_CPUS = 4;
    private static final long MEMORY_OF_MANY_CPUS = 2L << 30;
    private static final int RUN_CONCURRENCY = 80;
    private static final int MOST_SECONDS = 3600;
    private static final int MOST_SECONDS_ON_EVENTS = 540;
    private static final int MAX_INSTANCES = 100;

    static Sizing of(Given given, Profile profile) {
        Option schema = ManifestSchema.get().top();
        Memory memory = memory(given, profile, schema.field("memory").allowed());
        Cpu cpu = cpu(given, profile, memory, schema.field("cpu").allowed());
        return new Sizing(
                memory,
                cpu,
                concurrency(given, profile, cpu),
                timeout(given, profile, schema.field("timeout").allowed()),
                given.number("minInstances", 0),
                maxInstances(given));
    }

    private static Memory memory(Given given, Profile profile, String allowed) {
        String otherwise = profile == Profile.RUN ? "512Mi" : "256M";
        Optional<Memory> memory = Memory.parse(given.text("memory", otherwise), profile);
        if (memory.isEmpty()) {
            given.refuse("memory", allowed);
        }
        return memory.or(() -> Memory.parse(otherwise, profile)).orElseThrow();
    }

    private static Cpu cpu(Given given, Profile profile, Memory memory, String allowed) {
        String otherwise = profile == Profile.RUN ? "1" : memory.functionsCpu();
        Optional<Cpu> cpu = Cpu.parse(given.text("cpu", otherwise), profile);
        if (cpu.isEmpty()) {
            given.refuse("cpu", allowed);
        } else if (given.has("cpu") && profile == Profile.FUNCTIONS && !given.has("memory")) {
            given.unfit("cpu", "stands without memory; profile functions needs both or neither");
        } else if (cpu.get().isAtLeast(MANY_CPUS) && memory.bytes() < MEMORY_OF_MANY_CPUS) {
            given.unfit(
                    "cpu",
                    "is "
                            + cpu.get().text()
                            + " with memory "
                            + memory.text()
                            + "; 4 CPUs and more need at least 2Gi");
        }
        return cpu.or(() -> Cpu.parse(otherwise, profile)).orElseThrow();
    }

    private static int concurrency(Given given, Profile profile, Cpu cpu) {
        boolean one = profile == Profile.FUNCTIONS || cpu.belowOne();
        int concurrency = given.number("concurrency", one ? 1 : RUN_CONCURRENCY);
        if (concurrency > 1 && cpu.belowOne()) {
            given.unfit(
                    "concurrency",
                    "is "
                            + concurrency
                            + " with cpu "
                            + cpu.text()
                            + "; more than 1 needs at least 1 CPU");
        }
        return concurrency;
    }

    private static Duration timeout(Given given, Profile profile, String allowed) {
        Duration otherwise = Duration.ofSeconds(profile == Profile.RUN ? 300 : 60);
        if (!given.has("timeout")) {
            return otherwise;
        }
        Optional<Duration> timeout =
                Seconds.parse(given.text("timeout", ""))
                        .filter(time -> time.isPositive() && time.toSeconds() <= MOST_SECONDS);
        if (timeout.isEmpty()) {
            given.refuse("timeout", allowed);
        } else if (profile == Profile.FUNCTIONS
                && Triggers.sendsEvents(given)
                && timeout.get().toSeconds() > MOST_SECONDS_ON_EVENTS) {
            given.unfit(
                    "timeout",
                    "is "
                            + timeout.get().toSeconds()
                            + "s with a trigger that sends events; allowed with one in profile"
                            + " functions are at most "
                            + MOST_SECONDS_ON_EVENTS
                            + "s");
        }
        return timeout.orElse(otherwise);
    }

    private static int maxInstances(Given given) {
        int least = given.number("minInstances", 0);
        int most = given.number("maxInstances", MAX_INSTANCES);
        if (most < least) {
            String name = given.has("maxInstances") ? "maxInstances" : "minInstances";
            given.unfit(
                    name,
                    "leaves at least "
                            + least
                            + " and at most "
                            + most
                            + " instances, which none can");
        }
        return most;
    }
}
