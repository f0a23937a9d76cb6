package dev.slipway.cli.requests;

import dev.slipway.cli.answers.AnswerText;
import dev.slipway.contracts.Request;
import dev.slipway.contracts.RequestAnswer;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Requests and their answers in words. */
public final class RequestText {
    private static final int LONGEST = 2000;
    private static final int MOST_LISTED = 50;

    private RequestText() {}

    /** What was asked for. */
    static String asked(Asked asked) {
        return "asked to " + wish(asked);
    }

    private static String wish(Asked asked) {
        String who = who(asked.service());
        Request request = asked.request();
        return switch (request.kind()) {
            case ROLLBACK ->
                    "roll back "
                            + who
                            + (request.revision() == null ? "" : " to " + request.revision());
            case HOLD -> "hold " + who;
            case RELEASE -> "release " + who;
            case UNDEPLOY ->
                    request.dryRun()
                            ? "list what undeploying " + who + " takes"
                            : "undeploy " + who;
            case CANCEL -> "cancel " + deployment(asked);
            case REDRIVE -> "deploy again what " + deployment(asked) + " deployed";
            case REDEPLOY -> "build and deploy " + who + " again";
        };
    }

    private static String who(ServiceKey service) {
        return service.service() + " in " + service.region();
    }

    private static String deployment(Asked asked) {
        return asked.request().deployment() + " of " + who(asked.service());
    }

    /** How it ended, and what to do now. */
    static List<String> ending(Asked asked, RequestAnswer answer) {
        List<String> lines = new ArrayList<>();
        lines.add(headline(asked, answer));
        said(answer.message()).ifPresent(message -> lines.add("  " + message));
        answer.wouldDelete().stream()
                .limit(MOST_LISTED)
                .forEach(each -> lines.add("  - " + Shown.of(each)));
        if (answer.wouldDelete().size() > MOST_LISTED) {
            lines.add("  - and " + (answer.wouldDelete().size() - MOST_LISTED) + " more");
        }
        if (answer.refusal() != null) {
            lines.add("  refused: " + answer.refusal());
        }
        nextStep(asked, answer).ifPresent(next -> lines.add("  " + next));
        return lines;
    }

    private static String headline(Asked asked, RequestAnswer answer) {
        return switch (answer.outcome()) {
            case null -> "asked to " + wish(asked);
            case DONE -> done(asked, answer);
            case REFUSED -> "refused to " + wish(asked);
            case SUPERSEDED -> "a newer one took the place of the request to " + wish(asked);
        };
    }

    private static String done(Asked asked, RequestAnswer answer) {
        String who = who(asked.service());
        return switch (asked.request().kind()) {
            case ROLLBACK ->
                    who
                            + " is rolled back to "
                            + said(answer.revision()).orElse("an earlier revision")
                            + said(answer.url()).map(url -> " at " + url).orElse("");
            case HOLD -> who + " is held: what is dropped waits";
            case RELEASE -> who + " is released";
            case UNDEPLOY ->
                    asked.request().dryRun()
                            ? "undeploying " + who + " takes"
                            : who + " is not deployed any more";
            case CANCEL -> deployment(asked) + " is cancelled";
            case REDRIVE, REDEPLOY -> "taken up: " + wish(asked);
        };
    }

    private static Optional<String> nextStep(Asked asked, RequestAnswer answer) {
        Optional<String> given =
                said(answer.nextStep()).map(next -> AnswerText.turn(answer.turn()) + next);
        return given.or(() -> ownNextStep(asked, answer));
    }

    /** Of what is done, the command knows how one goes on from there. */
    private static Optional<String> ownNextStep(Asked asked, RequestAnswer answer) {
        if (answer.outcome() != RequestAnswer.Outcome.DONE) {
            return Optional.empty();
        }
        String service = asked.service().service().value();
        return switch (asked.request().kind()) {
            case ROLLBACK -> said(answer.url()).map(url -> "curl " + url);
            case HOLD -> Optional.of("./slipway release " + service);
            case UNDEPLOY ->
                    asked.request().dryRun()
                            ? Optional.of("./slipway undeploy " + service + " --yes")
                            : Optional.empty();
            case RELEASE, CANCEL, REDRIVE, REDEPLOY -> Optional.empty();
        };
    }

    private static Optional<String> said(@Nullable String text) {
        return Optional.ofNullable(text)
                .filter(it -> !it.isEmpty())
                .map(it -> Shown.of(it, LONGEST));
    }

    /** Why it was not followed to its end, and how to look after it. */
    public static String unfinished(Asked asked, String why) {
        return why
                + "; the request goes on, its answer comes to gs://"
                + asked.object().bucket()
                + "/"
                + asked.answerObject();
    }
}
