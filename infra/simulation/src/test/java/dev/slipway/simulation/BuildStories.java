package dev.slipway.simulation;

import dev.slipway.build.decide.BuildSeen.Failure;
import dev.slipway.build.decide.BuildSeen.Status;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Request;
import dev.slipway.kit.FailureKind;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a deployment ends between its verification and its image. */
final class BuildStories {
    private static final int FOR_GOOD = 100_000;

    private BuildStories() {}

    /** All its builds end in this way. */
    private static Story<DeploymentId> ended(
            String what, Status status, @Nullable Failure failure, String... names) {
        return Story.of(
                what,
                chain -> {
                    chain.buildsGo(build -> chain.builds.move(build, status, failure));
                    return chain.hello("1");
                },
                names);
    }

    /** No build of it is accepted for so long. */
    private static Story<DeploymentId> refused(
            String what, FailureKind kind, Duration passing, String... names) {
        return Story.of(
                what,
                chain -> {
                    chain.builds.refuse(kind, FOR_GOOD);
                    DeploymentId hello = chain.hello("1");
                    chain.pass(passing);
                    return hello;
                },
                names);
    }

    /** Its build is accepted, and cannot be read any more. */
    private static Story<DeploymentId> unreadable(
            String what, FailureKind kind, Duration passing, String... names) {
        return Story.of(
                what,
                chain -> {
                    chain.buildsGo(_ -> chain.builds.makeUnreadable(kind));
                    DeploymentId hello = chain.hello("1");
                    chain.pass(passing);
                    return hello;
                },
                names);
    }

    static List<Story<DeploymentId>> buildRefused() {
        return List.of(
                refused(
                        "Cloud Build refuses it",
                        FailureKind.REFUSED,
                        Duration.ZERO,
                        "submit the build",
                        "REFUSED"),
                refused(
                        "the permission does not come",
                        FailureKind.DENIED,
                        Duration.ofMinutes(12),
                        "submit the build",
                        "DENIED"),
                ended(
                        "its image may not be pushed",
                        Status.FAILURE,
                        new Failure(Failure.Cause.PUSH_NOT_AUTHORIZED, "denied: no writer"),
                        "push",
                        "no writer"));
    }

    static List<Story<DeploymentId>> buildFailed() {
        return List.of(
                ended("a step fails", Status.FAILURE, null, "build"),
                ended(
                        "a step fails and says how",
                        Status.FAILURE,
                        new Failure(Failure.Cause.STEP, "npm ended with status 1"),
                        "npm ended with status 1"));
    }

    static List<Story<DeploymentId>> buildTimedOut() {
        return List.of(ended("it runs too long", Status.TIMEOUT, null, "longer"));
    }

    static List<Story<DeploymentId>> buildUnavailable() {
        return List.of(
                ended("no build ever starts", Status.EXPIRED, null, "3 attempts", "start"),
                ended("internal errors", Status.INTERNAL_ERROR, null, "3 attempts", "internal"),
                ended(
                        "the platform's own part fails",
                        Status.FAILURE,
                        new Failure(Failure.Cause.PLATFORM, "the log could not be written"),
                        "3 attempts",
                        "the log could not be written"),
                ended("a success without an image", Status.SUCCESS, null, "the image"),
                unreadable(
                        "its builds vanish",
                        FailureKind.NOT_FOUND,
                        Duration.ofMinutes(5),
                        "3 attempts",
                        "read the build"),
                refused("the quota is used up", FailureKind.BUSY, Duration.ofMinutes(65), "1 h"));
    }

    static List<Story<DeploymentId>> buildStuck() {
        return List.of(
                Story.of(
                        "it runs on and on",
                        chain -> {
                            chain.buildsGo(build -> chain.builds.move(build, Status.WORKING, null));
                            DeploymentId hello = chain.hello("1");
                            chain.pass(Duration.ofMinutes(130));
                            return hello;
                        },
                        "2026-01-01T02:00"),
                unreadable(
                        "nobody may read it",
                        FailureKind.DENIED,
                        Duration.ofMinutes(130),
                        "2026-01-01T02:00"));
    }

    static Story<DeploymentId> overtakenWhileItBuilds() {
        return Story.of(
                "a newer one is verified while it is built",
                chain -> {
                    chain.buildsGo(build -> chain.builds.move(build, Status.WORKING, null));
                    DeploymentId older = chain.hello("1");
                    chain.hello("2");
                    return older;
                },
                "newer");
    }

    static Story<DeploymentId> cancelledWhileItBuilds() {
        return Story.of(
                "somebody asks so while it is built",
                chain -> {
                    chain.buildsGo(build -> chain.builds.move(build, Status.WORKING, null));
                    DeploymentId hello = chain.hello("1");
                    chain.ask(Request.cancel(hello));
                    return hello;
                },
                "cancel");
    }

    static Story<DeploymentId> itsBuildIsCancelled() {
        return ended("somebody cancels its build", Status.CANCELLED, null, "cancelled the build");
    }
}
