package dev.slipway.build.gateway;

import dev.slipway.build.decide.BuildPlan;
import dev.slipway.build.decide.BuildSeen;
import dev.slipway.build.decide.BuildSeen.Failure;
import dev.slipway.build.decide.BuildSeen.PushedImage;
import dev.slipway.build.decide.BuildSeen.Status;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The model of Cloud Build: builds stay queued until a test moves them. */
public final class InMemoryBuilds implements Builds {
    private record Kept(BuildSeen seen, BuildPlan plan) {}

    private final InstantSource clock;
    private final Map<String, Kept> builds = new LinkedHashMap<>();
    private final List<String> cancelled = new ArrayList<>();
    private final List<FailureKind> refusals = new ArrayList<>();
    private @Nullable FailureKind unreadable;
    private Runnable beforeAnswer = () -> {};
    private Consumer<BuildSeen> listener = _ -> {};
    private boolean stopsAtOnce = true;
    private int lostAnswers;
    private int submissions;

    /** No builds yet; their times come from this clock. */
    public InMemoryBuilds(InstantSource clock) {
        this.clock = clock;
    }

    /** Hears of every build that is created or changes. */
    public void listen(Consumer<BuildSeen> hears) {
        listener = hears;
    }

    /** The next so many submissions are refused in this way. */
    public void refuse(FailureKind kind, int times) {
        for (int time = 0; time < times; time++) {
            refusals.add(kind);
        }
    }

    /** The next so many submissions succeed, but their answers are lost. */
    public void loseAnswers(int times) {
        lostAnswers = times;
    }

    /** Reading a build fails in this way from now on. */
    public void makeUnreadable(FailureKind kind) {
        unreadable = kind;
    }

    /** Something that happens once between the next submission and its answer. */
    public void beforeNextAnswer(Runnable happening) {
        beforeAnswer = happening;
    }

    /** From now on what is cancelled runs until a test moves it. */
    public void stopWhenTold() {
        stopsAtOnce = false;
    }

    /** Ends a build with its image pushed. */
    public void succeed(String name, String digest) {
        change(
                name,
                seen ->
                        with(
                                seen,
                                Status.SUCCESS,
                                List.of(new PushedImage(planOf(name).image(), digest)),
                                null));
    }

    /** Moves a build to this status. */
    public void move(String name, Status status, @Nullable Failure failure) {
        change(name, seen -> with(seen, status, List.of(), failure));
    }

    /** How many builds were ever created. */
    public int submissions() {
        return submissions;
    }

    /** The names of all builds, oldest first. */
    public List<String> names() {
        return List.copyOf(builds.keySet());
    }

    /** What was asked for under this name. */
    public BuildPlan planOf(String name) {
        return Objects.requireNonNull(builds.get(name)).plan;
    }

    /** The names of those that were cancelled while they ran. */
    public List<String> cancelled() {
        return List.copyOf(cancelled);
    }

    @Override
    public List<BuildSeen> tagged(String region, String tag) {
        return builds.values().stream()
                .filter(kept -> kept.plan.tag().equals(tag))
                .map(Kept::seen)
                .filter(seen -> isIn(region, seen) || isIn("global", seen))
                .toList();
    }

    private static boolean isIn(String location, BuildSeen build) {
        return build.name().contains("/locations/" + location + "/");
    }

    @Override
    public BuildSeen submit(BuildPlan plan) {
        if (!refusals.isEmpty()) {
            throw failure(refusals.removeFirst(), "submit the build " + plan.tag());
        }
        BuildSeen created = create(plan.region(), plan);
        Runnable happening = beforeAnswer;
        beforeAnswer = () -> {};
        happening.run();
        if (lostAnswers > 0) {
            lostAnswers--;
            throw failure(FailureKind.TRANSIENT, "submit the build " + plan.tag());
        }
        return created;
    }

    /** A build that somebody else submitted. */
    public BuildSeen create(String location, BuildPlan plan) {
        submissions++;
        String name = "projects/p/locations/" + location + "/builds/b" + submissions;
        BuildSeen seen =
                new BuildSeen(
                        name,
                        Status.QUEUED,
                        "http://log/" + name,
                        clock.instant(),
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        List.of(),
                        null);
        builds.put(name, new Kept(seen, plan));
        listener.accept(seen);
        return seen;
    }

    @Override
    public BuildSeen get(String name) {
        if (unreadable != null) {
            throw failure(unreadable, "read the build " + name);
        }
        Kept kept = builds.get(name);
        if (kept == null) {
            throw failure(FailureKind.NOT_FOUND, "read the build " + name);
        }
        return kept.seen;
    }

    @Override
    public void cancel(String name) {
        Kept kept = builds.get(name);
        if (kept != null && !kept.seen.status().isOver()) {
            cancelled.add(name);
            if (stopsAtOnce) {
                move(name, Status.CANCELLED, null);
            }
        }
    }

    private void change(String name, UnaryOperator<BuildSeen> change) {
        Kept kept = builds.get(name);
        if (kept != null) {
            BuildSeen changed = change.apply(kept.seen);
            builds.put(name, new Kept(changed, kept.plan));
            listener.accept(changed);
        }
    }

    private static BuildSeen with(
            BuildSeen seen, Status status, List<PushedImage> images, @Nullable Failure failure) {
        return new BuildSeen(
                seen.name(),
                status,
                seen.logUrl(),
                seen.createTime(),
                seen.queueTtl(),
                seen.timeout(),
                images,
                failure);
    }

    private static GatewayException failure(FailureKind kind, String tried) {
        return new GatewayException(kind, tried, "the answer was " + kind, null);
    }
}
