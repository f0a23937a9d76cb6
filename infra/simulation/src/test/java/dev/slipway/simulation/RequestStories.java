package dev.slipway.simulation;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Request;
import dev.slipway.contracts.RequestAnswer.Refusal;
import dev.slipway.deploy.Given;
import dev.slipway.kit.FailureKind;
import dev.slipway.upload.Archives;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** How requests come to be refused. */
final class RequestStories {
    private static final DeploymentId NOBODY =
            DeploymentId.of(new ObjectVersion(World.BUCKET, "nobody.zip", 1));

    private RequestStories() {}

    /** All ways to each refusal; a new one needs one before this compiles. */
    static List<Story<ObjectVersion>> of(Refusal refusal) {
        return switch (refusal) {
            case UNREADABLE_REQUEST -> unreadable();
            case NO_SUCH_SERVICE -> noSuchService();
            case NOTHING_LIVE -> nothingLive();
            case NO_SUCH_REVISION -> noSuchRevision();
            case NEVER_LIVE -> neverLive();
            case NO_SUCH_DEPLOYMENT -> noSuchDeployment();
            case ALREADY_ENDED -> alreadyEnded();
            case NO_SOURCE -> noSource();
            case SERVICE_FOREIGN -> serviceForeign();
            case NOT_ALLOWED -> notAllowed();
            case TIMED_OUT -> timedOut();
        };
    }

    /** One is live, this was arranged, and then it is asked. */
    private static Story<ObjectVersion> live(
            String what, Consumer<Chain> arranged, Request request, String... names) {
        return Story.of(
                what,
                chain -> {
                    chain.hello("1");
                    arranged.accept(chain);
                    return chain.ask(request);
                },
                names);
    }

    private static Story<ObjectVersion> unreadable(String what, String body, String... names) {
        return Story.of(what, chain -> chain.ask(body.getBytes(StandardCharsets.UTF_8)), names);
    }

    private static List<Story<ObjectVersion>> unreadable() {
        return List.of(
                unreadable("no JSON", "hello", "JSON"),
                unreadable("a later schema", "{\"schema\":2,\"kind\":\"hold\"}", "2", "1"),
                unreadable("an unknown kind", "{\"schema\":1,\"kind\":\"dance\"}", "dance", "hold"),
                unreadable("about nothing", "{\"schema\":1,\"kind\":\"cancel\"}", "deployment"),
                unreadable(
                        "about no deployment",
                        "{\"schema\":1,\"kind\":\"cancel\",\"deployment\":\"x\"}",
                        "x"));
    }

    private static List<Story<ObjectVersion>> noSuchService() {
        return List.of(
                Story.of("a hold of nothing", chain -> chain.ask(Request.hold()), "hello"),
                Story.of(
                        "a rollback of nothing",
                        chain -> chain.ask(Request.rollback(null)),
                        "hello"),
                Story.of(
                        "an undeploy of nothing",
                        chain -> chain.ask(Request.undeploy(false)),
                        "hello"));
    }

    private static List<Story<ObjectVersion>> nothingLive() {
        return List.of(
                Story.of("a redeploy of nothing", chain -> chain.ask(Request.redeploy()), "hello"),
                Story.of(
                        "a hold while the first one starts",
                        chain -> {
                            chain.services.settleAfter(Integer.MAX_VALUE);
                            chain.hello("1");
                            return chain.ask(Request.hold());
                        },
                        "hello"));
    }

    private static List<Story<ObjectVersion>> noSuchRevision() {
        return List.of(
                live(
                        "a revision that is not there",
                        _ -> {},
                        Request.rollback("hello-nobody"),
                        "hello-nobody",
                        "allowed are hello-"));
    }

    private static List<Story<ObjectVersion>> neverLive() {
        return List.of(live("nothing before it", _ -> {}, Request.rollback(null), "hello"));
    }

    private static List<Story<ObjectVersion>> noSuchDeployment() {
        return List.of(
                live("a cancel", _ -> {}, Request.cancel(NOBODY), NOBODY.value(), "hello"),
                live("a redrive", _ -> {}, Request.redrive(NOBODY), NOBODY.value(), "hello"));
    }

    private static List<Story<ObjectVersion>> alreadyEnded() {
        return List.of(
                Story.of(
                        "a cancel of what is live",
                        chain -> chain.ask(Request.cancel(chain.hello("1"))),
                        "LIVE"),
                Story.of(
                        "a cancel of what was no archive",
                        chain -> chain.ask(Request.cancel(noArchive(chain))),
                        "REJECTED"));
    }

    private static DeploymentId noArchive(Chain chain) {
        return chain.drop("hello.zip", Archives.zip());
    }

    private static List<Story<ObjectVersion>> noSource() {
        return List.of(
                Story.of(
                        "a redrive of what was no archive",
                        chain -> chain.ask(Request.redrive(noArchive(chain))),
                        "never verified"));
    }

    private static List<Story<ObjectVersion>> serviceForeign() {
        return List.of(
                foreign("a hold", Request.hold()), foreign("an undeploy", Request.undeploy(false)));
    }

    private static Story<ObjectVersion> foreign(String what, Request request) {
        return Story.of(
                what + " of somebody else's service",
                chain -> {
                    chain.services.create(
                            Given.plan(Chain.HELLO, "hello-theirs", "image"), Map.of());
                    return chain.ask(request);
                },
                "hello");
    }

    private static List<Story<ObjectVersion>> notAllowed() {
        return List.of(
                live(
                        "Cloud Run refuses to be written",
                        chain -> chain.services.refuse(FailureKind.REFUSED, 1),
                        Request.hold(),
                        "mark europe-west1/hello",
                        "REFUSED"));
    }

    private static List<Story<ObjectVersion>> timedOut() {
        return List.of(
                Story.of(
                        "the traffic never follows a rollback",
                        chain -> {
                            chain.hello("1");
                            chain.hello("2");
                            chain.services.settleAfter(Integer.MAX_VALUE);
                            ObjectVersion rollback = chain.ask(Request.rollback(null));
                            chain.pass(Duration.ofMinutes(17));
                            return rollback;
                        },
                        "15 min",
                        "hello-"));
    }
}
