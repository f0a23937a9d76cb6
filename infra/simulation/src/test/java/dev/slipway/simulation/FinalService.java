package dev.slipway.simulation;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.RequestAnswer;
import dev.slipway.contracts.RequestKind;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.manifest.Manifest;
import dev.slipway.deploy.decide.Held;
import dev.slipway.deploy.decide.Marks;
import dev.slipway.deploy.decide.Origin;
import dev.slipway.deploy.decide.ServicePlan;
import dev.slipway.deploy.decide.TriggerPlan;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.RequestRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What has to hold of one service when nothing moves any more: that what serves is what was said.
 *
 * @param drops what was deployed there, by redrives and redeploys too
 * @param requests what was asked of it
 */
record FinalService(
        World world,
        Watchdog watchdog,
        ServiceKey service,
        List<Dropped> drops,
        List<Asked> requests) {
    /** When nothing moves any more. */
    void check() {
        if (world.isMeddled(service)) {
            return;
        }
        Optional<ServicePlan> live =
                world.services.serving(service).map(name -> world.services.planOf(service, name));
        live.ifPresentOrElse(plan -> alive(plan), this::nothing);
        chosen(live);
        drops.forEach(this::justified);
        drops.stream()
                .filter(drop -> outcome(drop.deployment()) == Outcome.LIVE)
                .filter(drop -> !watchdog.everServed(drop.deployment()))
                .forEach(
                        drop -> {
                            throw new Violation("I4", drop + " was told LIVE and never served");
                        });
    }

    /** I4, I6 and I10. */
    private void alive(ServicePlan plan) {
        Origin origin = plan.origin();
        if (outcome(origin.deployment()) != Outcome.LIVE) {
            throw new Violation(
                    "I4", plan.revision() + " serves and was told " + outcome(origin.deployment()));
        }
        around(plan.manifest());
        built(plan);
    }

    /** I4: the newest of all that succeeded is what stands. */
    private void chosen(Optional<ServicePlan> live) {
        Stream.concat(
                        drops.stream().flatMap(this::success),
                        requests.stream().flatMap(this::success))
                .max(Comparator.comparing(Success::order))
                .filter(success -> !success.standsIn(live))
                .ifPresent(
                        success -> {
                            throw new Violation(
                                    "I4",
                                    success.what()
                                            + " succeeded, and "
                                            + live.map(ServicePlan::revision).orElse("nothing")
                                            + " serves");
                        });
    }

    /** Something that was said to be so. */
    private record Success(Order order, String what, Predicate<Optional<ServicePlan>> stands) {
        boolean standsIn(Optional<ServicePlan> live) {
            return stands.test(live);
        }
    }

    private Stream<Success> success(Dropped drop) {
        DeploymentRecord record = watchdog.record(drop.deployment()).orElseThrow();
        String what = drop + " " + outcome(drop.deployment());
        return switch (outcome(drop.deployment())) {
            case LIVE ->
                    Stream.of(
                            new Success(drop.order(), what, live -> isOf(live, drop.deployment())));
            case UNCHANGED ->
                    Stream.of(new Success(drop.order(), what, live -> isSame(live, record)));
            case SUPERSEDED, REJECTED, FAILED, CANCELLED -> Stream.empty();
        };
    }

    private static boolean isOf(Optional<ServicePlan> live, DeploymentId deployment) {
        return live.filter(plan -> plan.origin().deployment().equals(deployment)).isPresent();
    }

    private static boolean isSame(Optional<ServicePlan> live, DeploymentRecord record) {
        return live.map(ServicePlan::origin)
                .filter(origin -> origin.source().equals(record.requireSource().digest()))
                .filter(origin -> origin.build().equals(record.requireSource().buildDigest()))
                .filter(origin -> origin.manifest().equals(record.requireManifest()))
                .isPresent();
    }

    private Stream<Success> success(Asked request) {
        RequestRecord record = watchdog.request(request.id()).orElse(null);
        if (record == null || !isDone(record)) {
            return Stream.empty();
        }
        String what = request.request().kind() + " to " + record.revision();
        return switch (request.request().kind()) {
            case ROLLBACK ->
                    Stream.of(
                            new Success(
                                    request.order(),
                                    what,
                                    live ->
                                            live.map(ServicePlan::revision)
                                                    .filter(it -> it.equals(record.revision()))
                                                    .isPresent()));
            case UNDEPLOY ->
                    Stream.of(new Success(request.order(), what, Optional::isEmpty))
                            .filter(_ -> !request.request().dryRun());
            case HOLD, RELEASE, CANCEL, REDRIVE, REDEPLOY -> Stream.empty();
        };
    }

    private void around(Manifest manifest) {
        if (world.services.access(service) != manifest.access()) {
            throw new Violation("I6", service + " is " + world.services.access(service));
        }
        Set<String> wanted =
                TriggerPlan.of(SimulatedConfig.INSTALLATION, service, manifest).stream()
                        .map(TriggerPlan::id)
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> standing = new TreeSet<>(world.triggers.idsOf(service));
        if (!wanted.equals(standing)) {
            throw new Violation("I6", service + " has " + standing + " and wants " + wanted);
        }
    }

    private void built(ServicePlan plan) {
        DeploymentRecord record = watchdog.record(plan.origin().deployment()).orElseThrow();
        String wanted = Digest.of(world.staging.read(record.requireSource().staged())).value();
        if (!plan.image().endsWith("@" + wanted)) {
            throw new Violation("I10", plan.image() + " is not what was verified: " + wanted);
        }
    }

    private void nothing() {
        if (world.services.exists(service)) {
            throw new Violation("I4", service + " is there and serves nothing");
        }
        if (!world.triggers.idsOf(service).isEmpty()) {
            throw new Violation("I6", service + " is not there, its triggers are");
        }
    }

    /** I5, and that a verdict tells the truth. */
    private void justified(Dropped drop) {
        Reason reason = watchdog.record(drop.deployment()).orElseThrow().requireVerdict().reason();
        boolean fine =
                switch (reason.outcome()) {
                    case LIVE, UNCHANGED -> true;
                    case SUPERSEDED ->
                            isNewerThere(drop)
                                    || (reason == Reason.DROP_OVERWRITTEN
                                            && world.isRemoved(drop.deployment()));
                    case FAILED -> world.excuses(drop.deployment()).contains(reason);
                    case REJECTED -> !drop.valid();
                    case CANCELLED ->
                            reason == Reason.DROP_DELETED
                                    ? world.isRemoved(drop.deployment())
                                    : isCancelled(drop);
                };
        if (!fine) {
            throw new Violation("I5", drop + " ended " + reason);
        }
    }

    private boolean isCancelled(Dropped drop) {
        return requests.stream()
                .anyMatch(request -> drop.deployment().equals(request.request().deployment()));
    }

    private boolean isNewerThere(Dropped drop) {
        boolean asked =
                requests.stream()
                        .filter(request -> request.order().newerThan(drop.order()))
                        .filter(request -> !request.request().dryRun())
                        .map(request -> request.request().kind())
                        .anyMatch(
                                kind ->
                                        kind == RequestKind.ROLLBACK
                                                || kind == RequestKind.UNDEPLOY);
        return asked || isNewerDeployed(drop);
    }

    private boolean isNewerDeployed(Dropped drop) {
        return drops.stream()
                .filter(other -> other.order().newerThan(drop.order()))
                .anyMatch(
                        other ->
                                watchdog.record(other.deployment()).orElseThrow().source() != null);
    }

    /** I1: what was released is not held by anything older. */
    void held() {
        if (!world.services.exists(service) || world.isMeddled(service)) {
            return;
        }
        Held held = Marks.of(world.services.annotations(service)).held();
        if (held == null || !held.on()) {
            return;
        }
        requests.stream()
                .filter(request -> request.request().kind() == RequestKind.RELEASE)
                .filter(request -> request.order().newerThan(held.order()))
                .filter(this::isDone)
                .findFirst()
                .ifPresent(
                        request -> {
                            throw new Violation("I1", request + " was done, and it is " + held);
                        });
    }

    private boolean isDone(Asked request) {
        return watchdog.request(request.id())
                .map(RequestRecord::end)
                .filter(end -> end.outcome() == RequestAnswer.Outcome.DONE)
                .isPresent();
    }

    static boolean isDone(RequestRecord record) {
        RequestRecord.End end = record.end();
        return end != null && end.outcome() == RequestAnswer.Outcome.DONE;
    }

    private Outcome outcome(DeploymentId deployment) {
        return watchdog.record(deployment).orElseThrow().requireVerdict().outcome();
    }
}
