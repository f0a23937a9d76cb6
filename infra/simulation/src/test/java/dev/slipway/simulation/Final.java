package dev.slipway.simulation;

import dev.slipway.build.decide.BuildPlan;
import dev.slipway.build.decide.BuildTag;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Json;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.deploy.decide.Held;
import dev.slipway.deploy.decide.Marks;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.ObjectStore;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.RequestRecord;
import dev.slipway.ledger.Stage;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        List<FinalService> services =
                heardOf.stream().map(Dropped::service).distinct().map(this::service).toList();
        services.forEach(FinalService::held);
        if (heardOf.stream().anyMatch(this::isHeld)) {
            return;
        }
        heardOf.forEach(this::ended);
        asked.forEach(this::answered);
        services.forEach(FinalService::check);
        builds();
        footprint.check();
    }

    private FinalService service(ServiceKey service) {
        return new FinalService(
                world,
                watchdog,
                service,
                heardOf.stream().filter(drop -> drop.service().equals(service)).toList(),
                asked.stream().filter(request -> request.service().equals(service)).toList());
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
        if (!request.isOver(watchdog)) {
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
        return named != null && FinalService.isDone(record) && !named.equals(record.revision());
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
}
