package dev.slipway.cli.answers;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks for news until they are the last.
 *
 * @param <N> what there is news of
 * @param <E> how it can end
 */
public final class Looking<N, E> {
    private static final Duration SILENCE = Duration.ofSeconds(20);
    private static final Duration MAY_BE_PAUSED = Duration.ofSeconds(3);

    private final Supplier<Optional<N>> news;
    private final Surroundings surroundings;
    private final Hearer<N, E> hearer;
    private final Pace pace;
    private Duration nextLookForAPause = MAY_BE_PAUSED;
    private boolean silenceTold;
    private @Nullable String toldMissing;
    private @Nullable String toldPaused;

    /** Looks for {@code news} and lets {@code hearer} know. */
    public Looking(
            Supplier<Optional<N>> news, Surroundings surroundings, Hearer<N, E> hearer, Pace pace) {
        this.news = news;
        this.surroundings = surroundings;
        this.hearer = hearer;
        this.pace = pace;
    }

    /**
     * Who hears what is found.
     *
     * @param <N> what there is news of
     * @param <E> how it can end
     */
    public interface Hearer<N, E> {
        /** Something is new; gives back the end if this was it. */
        Optional<E> heard(N news);

        /** No answer can be read any more. */
        E lost(String why);

        /** Nothing new came for so long. */
        E stillGoing(Duration silence);

        /** Whose turn it is, by the identity id of the stage's worker. */
        String stage();

        /** What that worker has not taken, where nobody has answered yet. */
        String brought();

        /** Something is worth a line. */
        void remark(String text);

        /** It was looked at again. */
        void looked();
    }

    /** Gives up when nothing new came for {@code timeout}. */
    public E untilDone(Duration timeout) {
        Instant began = now();
        Instant heard = began;
        while (true) {
            Optional<N> found = news.get();
            if (found.isPresent()) {
                Optional<E> end = hearer.heard(found.get());
                if (end.isPresent()) {
                    return end.get();
                }
                heard = now();
                nextLookForAPause = MAY_BE_PAUSED;
            }
            Optional<String> lost = surroundings.lost();
            if (lost.isPresent()) {
                return hearer.lost(lost.get());
            }
            Duration silent = Duration.between(heard, now());
            if (silent.compareTo(timeout) > 0) {
                return hearer.stillGoing(timeout);
            }
            remark(silent, heard.equals(began));
            hearer.looked();
            pace.pauseAfter(silent);
        }
    }

    private Instant now() {
        return pace.clock().instant();
    }

    private void remark(Duration silent, boolean nobodyAnswered) {
        toldMissing = told(toldMissing, surroundings.missing());
        if (silent.compareTo(nextLookForAPause) > 0) {
            toldPaused = told(toldPaused, surroundings.paused(hearer.stage()));
            nextLookForAPause = nextLookForAPause.multipliedBy(2);
        }
        if (!silenceTold && nobodyAnswered && toldPaused == null && silent.compareTo(SILENCE) > 0) {
            hearer.remark(
                    "no answer yet: " + surroundings.silent(hearer.stage(), hearer.brought()));
            silenceTold = true;
        }
    }

    /** Each is said once while it lasts. */
    private @Nullable String told(@Nullable String last, Optional<String> now) {
        now.filter(text -> !Objects.equals(text, last)).ifPresent(hearer::remark);
        return now.orElse(null);
    }
}
