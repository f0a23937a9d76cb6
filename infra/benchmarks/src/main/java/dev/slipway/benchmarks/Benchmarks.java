package dev.slipway.benchmarks;

import java.nio.file.Path;

/** What the scripts beside this module run. */
public final class Benchmarks {
    private Benchmarks() {}

    /**
     * {@code chain|loop HOME WORK COUNT}, {@code own HOME COUNT}, {@code kills HOME COMMAND SEED
     * COUNT}, {@code again|rollback HOME COMMAND COUNT}, {@code thousand|supersede|seen HOME
     * COUNT}, {@code naive HOME STAGE IN_HAND}, {@code safety HOME SIDE WARM_REGION REGION COUNT}.
     */
    public static void main(String[] arguments) throws Exception {
        Cloud cloud = Cloud.at(Path.of(arguments[1]));
        int count = Integer.parseInt(arguments[arguments.length - 1]);
        switch (arguments[0]) {
            case "chain" -> new ChainShare(cloud, Path.of(arguments[2])).chain(count);
            case "loop" -> new ChainShare(cloud, Path.of(arguments[2])).loop(count);
            case "own" -> new OwnShare(cloud).run(count);
            case "kills" -> {
                Path home = Path.of(arguments[1]);
                long seed = Long.parseLong(arguments[3]);
                new KillCampaign(cloud, home, Path.of(arguments[2]), seed).run(count);
            }
            case "naive" -> new NaiveWorker(cloud, count).run(arguments[2]);
            case "safety" ->
                    new PriceOfSafety(cloud).run(arguments[2], arguments[3], arguments[4], count);
            case "thousand" -> new ThousandDrops(cloud).run(count);
            case "seen" -> new SeenWithin(cloud).run(count);
            case "supersede" -> new Supersede(cloud).run(count);
            case "again" ->
                    new MovesAgain(cloud, Path.of(arguments[1]), Path.of(arguments[2])).run(count);
            case "rollback" -> {
                Path home = Path.of(arguments[1]);
                new RollbackStages(cloud, home, Path.of(arguments[2])).run(count);
            }
            default ->
                    throw new IllegalArgumentException(
                            "chain, loop, own, kills, again, rollback, naive, safety, seen, thousand or"
                                    + " supersede, not "
                                    + arguments[0]);
        }
        Runtime.getRuntime().exit(0); // Google's clients leave threads behind
    }
}
