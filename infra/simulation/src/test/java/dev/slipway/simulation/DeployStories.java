package dev.slipway.simulation;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Request;
import dev.slipway.deploy.Given;
import dev.slipway.deploy.decide.Marks;
import dev.slipway.deploy.decide.RevisionSeen.Failure;
import dev.slipway.deploy.gateway.InMemoryServices.Fate;
import dev.slipway.kit.FailureKind;
import dev.slipway.ledger.Order;
import dev.slipway.upload.Archives;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How a deployment that has an image ends. */
final class DeployStories {
    private DeployStories() {}

    /** The container of a second one goes this way. */
    private static Story<DeploymentId> starting(
            String what, Failure.Cause cause, String message, String... names) {
        return Story.of(
                what,
                chain -> {
                    chain.hello("1");
                    chain.services.decideStarts(_ -> new Fate.Fails(cause, message));
                    return chain.hello("2");
                },
                names);
    }

    /** Cloud Run takes so many writes of a second one not. */
    private static Story<DeploymentId> written(
            String what, FailureKind kind, int times, String... names) {
        return Story.of(
                what,
                chain -> {
                    chain.hello("1");
                    chain.services.refuse(kind, times);
                    DeploymentId second = chain.hello("2");
                    chain.pass(Duration.ofMinutes(20));
                    chain.services.accept(); // or the closing write does not come through
                    chain.pass(Duration.ofMinutes(10));
                    return second;
                },
                names);
    }

    static List<Story<DeploymentId>> deployed() {
        return List.of(
                Story.of("all goes well", chain -> chain.hello("1"), "serves"),
                TriggerStories.eventsCome());
    }

    static List<Story<DeploymentId>> alreadyLive() {
        return List.of(
                Story.of(
                        "the same archive comes again",
                        chain -> {
                            chain.hello("1");
                            return chain.drop("hello/again.zip", Archives.function("1"));
                        },
                        "same source"));
    }

    static Story<DeploymentId> overtakenByARollback() {
        return Story.of(
                "it is held, and a rollback passes it",
                chain -> {
                    chain.hello("1");
                    chain.hello("2");
                    chain.ask(Request.hold());
                    DeploymentId held = chain.hello("3");
                    chain.ask(Request.rollback(null));
                    chain.pass(Duration.ofMinutes(2));
                    return held;
                },
                "newer");
    }

    static List<Story<DeploymentId>> revisionFailed() {
        return List.of(
                starting(
                        "the container exits",
                        Failure.Cause.CONTAINER,
                        "Container called exit(7).",
                        "status 7",
                        "port 8080"),
                starting(
                        "the container does not listen",
                        Failure.Cause.CONTAINER,
                        "The user-provided container failed to start and listen on the port.",
                        "port 8080",
                        "240 s"),
                starting(
                        "the container needs more memory",
                        Failure.Cause.CONTAINER,
                        "Memory limit of 512 MiB exceeded.",
                        "512 MiB"));
    }

    static List<Story<DeploymentId>> deployRefused() {
        return List.of(
                written("Cloud Run refuses it", FailureKind.REFUSED, 1, "deploy hello-", "REFUSED"),
                written(
                        "the permission comes too late",
                        FailureKind.DENIED,
                        300,
                        "deploy hello-",
                        "DENIED"),
                starting(
                        "what the revision needs may not be used",
                        Failure.Cause.PERMISSION,
                        "Permission denied on secret.",
                        "Permission denied on secret"),
                TriggerStories.permissionDoesNotCome(),
                closedByAStranger());
    }

    private static Story<DeploymentId> closedByAStranger() {
        return Story.of(
                "somebody closes it on the service",
                chain -> {
                    chain.services.settleAfter(150);
                    DeploymentId hello = chain.hello("1");
                    Order order = chain.record(hello).order();
                    Map<String, String> standing = chain.services.annotations(Chain.HELLO);
                    Marks marks = new Marks(order, order, null, null, SimulatedConfig.INSTALLATION);
                    chain.services.annotate(Chain.HELLO, marks.on(standing));
                    chain.services.settleAfter(2);
                    chain.pass(Duration.ofMinutes(10));
                    return hello;
                },
                "closed the rollout of hello-");
    }

    static List<Story<DeploymentId>> deployUnavailable() {
        return List.of(
                starting(
                        "the platform fails each start",
                        Failure.Cause.PLATFORM,
                        "Internal error.",
                        "3 attempts",
                        "Internal error."));
    }

    static List<Story<DeploymentId>> deployTimedOut() {
        return List.of(
                written(
                        "Cloud Run fails for too long",
                        FailureKind.TRANSIENT,
                        300,
                        "15 min",
                        "deploy hello-"),
                TriggerStories.notReady(),
                TriggerStories.failsForGood());
    }

    static List<Story<DeploymentId>> serviceForeign() {
        return List.of(
                foreign("nobody's service", Map.of(), "not made by Slipway"),
                foreign(
                        "another installation's service",
                        Map.of("slipway.dev/installation", "other"),
                        "'other'"));
    }

    private static Story<DeploymentId> foreign(
            String what, Map<String, String> annotations, String... names) {
        return Story.of(
                what,
                chain -> {
                    chain.services.create(
                            Given.plan(Chain.HELLO, "hello-theirs", "image"), annotations);
                    return chain.hello("1");
                },
                names);
    }

    static Story<DeploymentId> cancelledWhileItIsHeld() {
        return Story.of(
                "somebody asks so while it is held",
                chain -> {
                    chain.hello("1");
                    chain.ask(Request.hold());
                    DeploymentId held = chain.hello("2");
                    chain.ask(Request.cancel(held));
                    return held;
                },
                "cancel");
    }
}
