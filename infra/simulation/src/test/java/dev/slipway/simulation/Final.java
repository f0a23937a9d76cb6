package dev.slipway.simulation;

import dev.slipway.build.decide.BuildPlan;
import dev.slipway.build.decide.BuildTag;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Json;
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
import dev.slipway.ledger.ObjectStore;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.RequestRecord;
import dev.slipway.ledger.Stage;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What has to hold when nothing moves any more. */
final class Final {
    private final World world;
    private final Watchdog watchdog;
    private final List<Asked> asked;
    private final List<Dropped> heardOf;
    private final Bus bus;
    private final Footprint footprint;

    Final(World world, Watchdog watchdog, Happenings happenings, Bus bus) {
        this.world = world;
        this.watchdog = watchdog;
        this.asked = happenings.asked();
        this.heardOf =
                Stream.concat(
                                happenings.drops().stream().filter(drop -> !isLost(drop)),
                                asked.stream().flatMap(this::deployed))
                        .toList();
        this.bus = bus;
        this.footprint = new Footprint(world, watchdog, happenings);
    }

    /** A redrive or redeploy is a deployment like others. */
    private Stream<Dropped> deployed(Asked request) {
        return watchdog.record(request.id()).stream()
                .map(_ -> new Dropped(request.id(), request.service(), request.order(), true));
    }

    /** One that was deleted for good before anybody heard of it: versioning keeps a day to hear. */
    private boolean isLost(Dropped drop) {
        return world.isRemoved(drop.deployment()) && watchdog.record(drop.deployment()).isEmpty();
    }

    void check() {
        if (!bus.dead().isEmpty()) {
            throw new Violation("dead letters", bus.dead().toString());
        }
        heardOf.stream().map(Dropped::service).distinct().forEach(this::held);
        if (heardOf.stream().anyMatch(this::isHeld)) {
            return;
        }
        heardOf.forEach(this::ended);
        asked.forEach(this::answered);
        heardOf.stream().map(Dropped::service).distinct().forEach(this::service);
        builds();
        footprint.check();
    }

    /** I1 and I2. */
    private void ended(Dropped drop) {
        DeploymentRecord record =
                watchdog.record(drop.deployment())
                        .orElseThrow(() -> new Violation("I1", drop + " has no record"));
        if (!record.isDone()) {
            throw new Violation("I1", drop + " stands at " + record);
        }
        if (world.ledger.get("open/" + drop.deployment()).isPresent()) {
            throw new Violation("I1", drop + " still has its marker");
        }
        Outcome outcome = record.requireVerdict().outcome();
        if (watchdog.outcome(drop.deployment()).filter(o -> o.outcome() == outcome).isEmpty()) {
            throw new Violation("I1", drop + " was not told: " + outcome);
        }
        boolean wrong = drop.valid() ? outcome == Outcome.REJECTED : outcome.succeeded();
        if (wrong) {
            throw new Violation("I2", drop + " ended " + record.verdict());
        }
        answered(record);
    }

    /**
     * A release that came before there was anything to release does not undo a hold that came late.
     * The service says so: a record is without its waiting while a sweep has it in its hands.
     */
    private boolean isHeld(Dropped drop) {
        return watchdog.record(drop.deployment())
                .filter(record -> record.stage().compareTo(Stage.BUILT) >= 0 && !record.isDone())
                .filter(_ -> world.services.exists(drop.service()))
                .map(_ -> Marks.of(world.services.annotations(drop.service())).held())
                .filter(Held::on)
                .isPresent();
    }

    private void answered(Asked request) {
        Optional<RequestRecord> record = watchdog.request(request.id());
        if (!request.isOver(world, watchdog)) {
            throw new Violation("I1", request + " stands at " + record);
        }
        if (world.ledger.get("open/" + request.id()).isPresent()) {
            throw new Violation("I1", request + " still has its marker");
        }
        if (!request.isAnswered(world)) {
            throw new Violation("I1", request + " is not answered: " + record);
        }
        record.filter(found -> wentElsewhere(request, found))
                .ifPresent(
                        found -> {
                            throw new Violation("I4", request + " went to " + found.revision());
                        });
    }

    private static boolean wentElsewhere(Asked request, RequestRecord record) {
        String named = request.request().revision();
        return named != null && isDone(record) && !named.equals(record.revision());
    }

    private static boolean isDone(RequestRecord record) {
        RequestRecord.End end = record.end();
        return end != null && end.outcome() == RequestAnswer.Outcome.DONE;
    }

    private void answered(DeploymentRecord record) {
        Answer answer = answer(Answer.nameFor(record.drop().object()));
        int newer = Order.parse(answer.order()).compareTo(record.order());
        boolean tells =
                newer > 0 || (newer == 0 && answer.outcome() == record.requireVerdict().outcome());
        if (!tells) {
            throw new Violation("I1", record + " is answered with " + answer);
        }
    }

    private Answer answer(String name) {
        ObjectStore.Stored stored =
                world.answers
                        .get(name)
                        .orElseThrow(() -> new Violation("I1", "there is no answer " + name));
        try {
            return Json.read(stored.body(), Answer.class);
        } catch (IOException e) {
            throw new Violation("I1", name + " does not parse: " + e.getMessage());
        }
    }

    private void service(ServiceKey service) {
        if (world.isMeddled(service)) {
            return;
        }
        Optional<ServicePlan> live =
                world.services.serving(service).map(name -> world.services.planOf(service, name));
        live.ifPresentOrElse(plan -> alive(service, plan), () -> nothing(service));
        chosen(service, live);
        of(service).forEach(this::justified);
        of(service)
                .filter(drop -> outcome(drop.deployment()) == Outcome.LIVE)
                .filter(drop -> !watchdog.everServed(drop.deployment()))
                .forEach(
                        drop -> {
                            throw new Violation("I4", drop + " was told LIVE and never served");
                        });
    }

    /** I4, I6 and I10. */
    private void alive(ServiceKey service, ServicePlan plan) {
        Origin origin = plan.origin();
        if (outcome(origin.deployment()) != Outcome.LIVE) {
            throw new Violation(
                    "I4", plan.revision() + " serves and was told " + outcome(origin.deployment()));
        }
        around(service, plan.manifest());
        built(plan);
    }

    /** I4: the newest of all that succeeded is what stands. */
    private void chosen(ServiceKey service, Optional<ServicePlan> live) {
        Stream.concat(of(service).flatMap(this::success), requests(service).flatMap(this::success))
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

    private Stream<Asked> requests(ServiceKey service) {
        return asked.stream().filter(request -> request.service().equals(service));
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

    private void around(ServiceKey service, Manifest manifest) {
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

    private void nothing(ServiceKey service) {
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
        return requests(drop.service())
                .anyMatch(request -> drop.deployment().equals(request.request().deployment()));
    }

    private boolean isNewerThere(Dropped drop) {
        boolean asked =
                requests(drop.service())
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
        return of(drop.service())
                .filter(other -> other.order().newerThan(drop.order()))
                .anyMatch(
                        other ->
                                watchdog.record(other.deployment()).orElseThrow().source() != null);
    }

    /** I1: what was released is not held by anything older. */
    private void held(ServiceKey service) {
        if (!world.services.exists(service) || world.isMeddled(service)) {
            return;
        }
        Held held = Marks.of(world.services.annotations(service)).held();
        if (held == null || !held.on()) {
            return;
        }
        requests(service)
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

    /** I7: nothing is built that nobody waits for, and each attempt once. */
    private void builds() {
        Map<String, Integer> perTag = new HashMap<>();
        for (String name : world.builds.names()) {
            BuildPlan plan = world.builds.planOf(name);
            if (!world.builds.get(name).status().isOver()) {
                throw new Violation("I7", name + " still runs");
            }
            if (BuildTag.parse(SimulatedConfig.INSTALLATION, plan.tag()).isEmpty()) {
                throw new Violation("I11", name + " has a tag " + plan.tag());
            }
            perTag.merge(plan.tag(), 1, Integer::sum);
        }
        perTag.forEach(
                (tag, count) -> {
                    if (count > world.mostBuildsPerAttempt()) {
                        throw new Violation("I7", count + " builds carry " + tag);
                    }
                });
    }

    private Stream<Dropped> of(ServiceKey service) {
        return heardOf.stream().filter(drop -> drop.service().equals(service));
    }

    private Outcome outcome(DeploymentId deployment) {
        return watchdog.record(deployment).orElseThrow().requireVerdict().outcome();
    }
}
