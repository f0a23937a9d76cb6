package dev.slipway.simulation;

import dev.slipway.build.decide.BuildNotice;
import dev.slipway.build.decide.BuildSeen;
import dev.slipway.build.decide.BuildTag;
import dev.slipway.build.gateway.Builds;
import dev.slipway.build.gateway.InMemoryBuilds;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.deploy.decide.Origin;
import dev.slipway.deploy.decide.RevisionSeen.Failure;
import dev.slipway.deploy.decide.ServicePlan;
import dev.slipway.deploy.gateway.InMemoryServices;
import dev.slipway.deploy.gateway.InMemoryServices.Fate.Fails;
import dev.slipway.deploy.gateway.InMemoryServices.Fate.Starts;
import dev.slipway.deploy.gateway.InMemoryTriggers;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import dev.slipway.ledger.InMemoryObjectStore;
import dev.slipway.upload.gateway.InMemoryDrops;
import dev.slipway.upload.gateway.InMemoryStaging;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The model of everything outside the workers, and what happens there by itself. */
final class World {
    static final String BUCKET = "p-inst-drop";
    static final List<String> TOPICS = List.of("orders", "returns");
    private static final int BUILDS_AT_ONCE = 3;

    private final Scheduler scheduler;
    private final Chance chance;
    private final Conditions conditions;
    private final Timeline timeline;
    private final Bus bus;
    private final Doors.Tally tally;
    private final Watchdog watchdog;
    private final Map<DeploymentId, Set<Reason>> excuses = new HashMap<>();
    private final Set<ServiceKey> meddled = new HashSet<>();
    private final Set<DeploymentId> removed = new HashSet<>();
    private final Map<String, InMemoryServices.Fate> starts = new TreeMap<>();
    private final double pace;
    private long fullUntil;
    private int settling;
    private int building;

    final InMemoryObjectStore ledger;
    final InMemoryObjectStore answers;
    final InMemoryDrops drops;
    final InMemoryStaging staging = new InMemoryStaging();
    final InMemoryBuilds builds;
    final InMemoryServices services = new InMemoryServices();
    final InMemoryTriggers triggers = new InMemoryTriggers();

    World(Doors.Ground ground, Conditions conditions, Bus bus, Watchdog watchdog) {

        this.tally = ground.tally();
        this.watchdog = watchdog;
        this.scheduler = ground.scheduler();
        this.chance = ground.chance();
        this.timeline = ground.timeline();
        this.conditions = conditions;
        this.bus = bus;
        this.ledger = new InMemoryObjectStore(scheduler::instant);
        this.answers = new InMemoryObjectStore(scheduler::instant);
        this.drops = new InMemoryDrops(BUCKET, scheduler::instant);
        this.builds = new InMemoryBuilds(scheduler::instant);
        builds.listen(this::buildChanged);
        services.settleWhenTold(this::serviceWritten);
        services.decideStarts(this::start);
        if (chance.hits(conditions.likely(Trouble.ETAG_FOLLOWS_STATUS) * 2)) {
            services.letEtagFollowStatus();
        }
        if (chance.hits(conditions.likely(Trouble.BUILDS_FULL))) {
            fullUntil = chance.skewed(1_000, 3_000_000);
        }
        this.pace = chance.of(List.of(0.02, 0.2, 1.0));
        TOPICS.forEach(triggers::addTopic);
    }

    /** Cloud Build as the workers find it. */
    Builds listed() {
        long behind =
                chance.hits(conditions.likely(Trouble.BUILDS_LISTED_LATE))
                        ? chance.between(1, 10_000)
                        : 0;
        return new LateList(
                builds, scheduler::instant, Duration.ofMillis(behind), this::refuseIfFull);
    }

    private void refuseIfFull() {
        if (building >= BUILDS_AT_ONCE || scheduler.now() < fullUntil) {
            throw new GatewayException(FailureKind.BUSY, "submit a build", "made up", null);
        }
    }

    /** Whether nothing goes on by itself. */
    boolean isQuiet() {
        return settling == 0 && building == 0;
    }

    /** Why this one may not become live, and that is then the truth. */
    Set<Reason> excuses(DeploymentId deployment) {
        return excuses.getOrDefault(deployment, Set.of());
    }

    private void excuse(DeploymentId deployment, Reason reason) {
        excuses.computeIfAbsent(deployment, _ -> EnumSet.noneOf(Reason.class)).add(reason);
    }

    /** Whether a stranger had his hands on this service. */
    boolean isMeddled(ServiceKey service) {
        return meddled.contains(service);
    }

    /**
     * How many builds one attempt can come to have: who looked died, stood still or saw too little.
     */
    long mostBuildsPerAttempt() {
        return conditions.likely(Trouble.BUILDS_LISTED_LATE) > 0 ? Long.MAX_VALUE : 1 + tally.risks;
    }

    private void buildChanged(BuildSeen build) {
        timeline.note(() -> build.name() + " is " + build.status());
        BuildNotice notice =
                new BuildNotice(
                        build.name(),
                        build.status(),
                        List.of("other", builds.planOf(build.name()).tag()));
        bus.publishUnreliably("cloud-builds", notice, conditions.likely(Trouble.LOSSES));
        switch (build.status()) {
            case QUEUED -> {
                building++;
                scheduler.after(paced(200, 60_000), () -> begin(build.name()));
            }
            case WORKING -> scheduler.after(paced(500, 240_000), () -> end(build.name()));
            case SUCCESS, FAILURE, INTERNAL_ERROR, TIMEOUT, CANCELLED, EXPIRED -> building--;
        }
    }

    private long paced(long least, long most) {
        return Math.max(1, (long) (chance.skewed(least, most) * pace));
    }

    private void begin(String build) {
        if (builds.get(build).status() != BuildSeen.Status.QUEUED) {
            return;
        }
        boolean expires = chance.hits(conditions.likely(Trouble.BUILD_EXPIRES) / 2);
        if (expires) {
            excuse(build, Reason.BUILD_UNAVAILABLE);
        }
        builds.move(build, expires ? BuildSeen.Status.EXPIRED : BuildSeen.Status.WORKING, null);
    }

    private void end(String build) {
        if (builds.get(build).status() != BuildSeen.Status.WORKING) {
            return;
        }
        if (chance.hits(conditions.likely(Trouble.BUILD_FAILS))) {
            excuse(build, Reason.BUILD_FAILED);
            builds.move(build, BuildSeen.Status.FAILURE, null);
        } else if (chance.hits(conditions.likely(Trouble.BUILD_INTERNAL_ERROR))) {
            excuse(build, Reason.BUILD_UNAVAILABLE);
            builds.move(build, BuildSeen.Status.INTERNAL_ERROR, null);
        } else {
            builds.succeed(build, imageOf(build));
        }
    }

    /** The image's digest tells what it was built from. */
    private String imageOf(String build) {
        byte[] source = staging.read(builds.planOf(build).source());
        return Digest.of(source).value();
    }

    private void excuse(String build, Reason reason) {
        BuildTag.parse(SimulatedConfig.INSTALLATION, builds.planOf(build).tag())
                .ifPresent(tag -> excuse(tag.deployment(), reason));
    }

    private void serviceWritten(ServiceKey service) {
        boolean slow = chance.hits(conditions.likely(Trouble.SLOW_ROLLOUTS));
        settling++;
        scheduler.after(slow ? paced(1_000, 400_000) : paced(20, 4_000), () -> settle(service));
    }

    private void settle(ServiceKey service) {
        settling--;
        Optional<Origin> before = serving(service);
        services.settle(service);
        watchdog.serves(service, before, serving(service));
        timeline.note(
                () ->
                        service
                                + " settles: "
                                + services.serving(service).orElse("nothing")
                                + " serves");
    }

    private Optional<Origin> serving(ServiceKey service) {
        return services.serving(service).map(name -> services.planOf(service, name).origin());
    }

    private InMemoryServices.Fate start(ServicePlan plan) {
        return starts.computeIfAbsent(plan.revision(), _ -> decideStart(plan));
    }

    private InMemoryServices.Fate decideStart(ServicePlan plan) {
        if (chance.hits(conditions.likely(Trouble.START_FAILS))) {
            excuse(plan.origin().deployment(), Reason.REVISION_FAILED);
            return new Fails(Failure.Cause.CONTAINER, "made up");
        }
        if (chance.hits(conditions.likely(Trouble.START_FAILS_BY_PLATFORM))) {
            excuse(plan.origin().deployment(), Reason.DEPLOY_UNAVAILABLE);
            return new Fails(Failure.Cause.PLATFORM, "made up");
        }
        return new Starts();
    }

    /** Somebody deletes one generation of a dropped object for good. */
    void removeDrop(ObjectVersion version) {
        timeline.note(() -> "removed: " + version);
        removed.add(DeploymentId.of(version));
        drops.remove(version);
    }

    /** Whether it may be gone before anybody has read it. */
    boolean isRemoved(DeploymentId deployment) {
        return removed.contains(deployment);
    }

    /** A stranger deletes the service, if it is there. */
    void deleteService(ServiceKey service) {
        if (services.exists(service)) {
            timeline.note(() -> "a stranger deletes " + service);
            meddled.add(service);
            services.removeByOthers(service);
        }
    }

    /** A stranger takes all of our annotations from the service, if it is there. */
    void wipeAnnotations(ServiceKey service) {
        if (services.exists(service)) {
            timeline.note(() -> "a stranger wipes the annotations of " + service);
            meddled.add(service);
            services.annotate(service, Map.of());
        }
    }
}
