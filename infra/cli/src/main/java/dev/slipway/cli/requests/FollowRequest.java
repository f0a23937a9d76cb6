package dev.slipway.cli.requests;

import dev.slipway.cli.answers.Follow;
import dev.slipway.cli.answers.Looking;
import dev.slipway.cli.answers.Pace;
import dev.slipway.cli.answers.Surroundings;
import dev.slipway.contracts.RequestAnswer;
import dev.slipway.contracts.Shown;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Follows one request by what stands beside it until that is final. */
public final class FollowRequest implements Looking.Hearer<RequestNews, RequestEnd> {
    private final Asked asked;
    private final String stage;
    private final Listener listener;
    private final Follow deployment;
    private final Pace pace;
    private boolean deploying;
    private String now = "asked";
    private @Nullable String toldWaiting;

    /**
     * Follows {@code asked} and tells {@code listener} of it.
     *
     * @param stage whose worker acts on it
     */
    public FollowRequest(Asked asked, String stage, Listener listener, Pace pace) {
        this.asked = asked;
        this.stage = stage;
        this.listener = listener;
        this.deployment = new Follow(asked.object(), listener, pace);
        this.pace = pace;
    }

    /** Hears what is new, each once; of the deployment too that a request begins. */
    public interface Listener extends Follow.Listener {
        /** The answer to the request changed. */
        void news(RequestAnswer answer);
    }

    /** Gives up following when nothing new came for {@code timeout}. */
    public RequestEnd untilDone(
            Supplier<Optional<RequestNews>> news, Surroundings surroundings, Duration timeout) {
        return new Looking<>(news, surroundings, this, pace).untilDone(timeout);
    }

    @Override
    public Optional<RequestEnd> heard(RequestNews news) {
        return switch (news) {
            case RequestNews.OfDeployment(var answer) -> {
                deploying = true;
                yield deployment.heard(answer).map(RequestEnd.Deployed::new);
            }
            case RequestNews.OfRequest(var answer) -> heard(answer);
        };
    }

    private Optional<RequestEnd> heard(RequestAnswer answer) {
        if (!answer.request().equals(asked.id())) {
            return Optional.empty(); // somebody's own file
        }
        listener.news(answer);
        String waiting =
                answer.waitingFor() == null ? null : "waiting for " + Shown.of(answer.waitingFor());
        if (waiting != null && !Objects.equals(waiting, toldWaiting)) {
            listener.remark(waiting);
        }
        toldWaiting = waiting;
        now = waiting == null ? "taken up" : waiting;
        deploying |= begunBy(answer);
        return answer.outcome() == null || deploying
                ? Optional.empty()
                : Optional.of(new RequestEnd.Answered(answer));
    }

    /** A redrive or a redeploy is done when its deployment has begun. */
    private boolean begunBy(RequestAnswer answer) {
        return asked.request().kind().deploys() && answer.outcome() == RequestAnswer.Outcome.DONE;
    }

    @Override
    public RequestEnd lost(String why) {
        return deploying ? new RequestEnd.Deployed(deployment.lost(why)) : new RequestEnd.Lost(why);
    }

    @Override
    public RequestEnd stillGoing(Duration silence) {
        return deploying
                ? new RequestEnd.Deployed(deployment.stillGoing(silence))
                : new RequestEnd.StillGoing(silence);
    }

    @Override
    public String stage() {
        return deploying ? deployment.stage() : stage;
    }

    @Override
    public String brought() {
        return "the request";
    }

    @Override
    public void remark(String text) {
        listener.remark(text);
    }

    @Override
    public void looked() {
        if (deploying) {
            deployment.looked();
        } else {
            listener.looked(
                    now, Duration.between(asked.object().createdAt(), pace.clock().instant()));
        }
    }
}
