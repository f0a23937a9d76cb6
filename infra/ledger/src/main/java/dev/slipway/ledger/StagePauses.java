package dev.slipway.ledger;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The objects {@code stages/<stage>}, and when stages were resumed as this process last saw it. */
final class StagePauses {
    private static final int TRIES = 20;

    private final JsonObjects<Wanted> stages;
    private final Supplier<String> tokens;
    private final Backoff backoff;
    private final Map<String, Instant> resumed = new ConcurrentHashMap<>();

    /**
     * What stands there; the object's own time says since when.
     *
     * @param resumed when the stage was resumed before this was written, if it was
     */
    record Wanted(boolean paused, @Nullable Instant resumed, String writeToken) {}

    StagePauses(JsonObjects<Wanted> stages, Supplier<String> tokens, Backoff backoff) {
        this.stages = stages;
        this.tokens = tokens;
        this.backoff = backoff;
    }

    StagePause look(String stage) {
        StagePause found = stages.get(stage).map(StagePauses::shown).orElse(StagePause.NEVER);
        if (found.resumed() != null) {
            resumed.put(stage, found.resumed());
        }
        return found;
    }

    /** The last resume of a stage that {@link #look} has shown. */
    Optional<Instant> resumed(String stage) {
        return Optional.ofNullable(resumed.get(stage));
    }

    /** Makes the stage paused, or not; where it is so already, since when it is stays. */
    StagePause want(String stage, boolean paused) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            backoff.before(attempt);
            Optional<Versioned<Wanted>> read = stages.get(stage);
            if (read.isEmpty() && !paused) {
                return StagePause.NEVER;
            }
            Versioned<Wanted> standing =
                    read.orElseGet(
                            () -> stages.createOrGet(stage, new Wanted(true, null, tokens.get())));
            if (standing.value().paused() == paused) {
                return shown(standing);
            }
            Optional<Versioned<Wanted>> written =
                    stages.swap(stage, standing.generation(), after(standing, paused));
            if (written.isPresent()) {
                return shown(written.get());
            }
        }
        throw new StoreUnavailable(
                "stages/" + stage + " was changed by others in " + TRIES + " tries", true, null);
    }

    private Wanted after(Versioned<Wanted> standing, boolean paused) {
        return new Wanted(paused, shown(standing).resumed(), tokens.get());
    }

    private static StagePause shown(Versioned<Wanted> read) {
        Wanted wanted = read.value();
        return new StagePause(
                wanted.paused(),
                read.updated(),
                wanted.paused() ? wanted.resumed() : read.updated());
    }
}
