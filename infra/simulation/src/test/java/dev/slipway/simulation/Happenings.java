package dev.slipway.simulation;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Json;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Request;
import dev.slipway.contracts.RequestKind;
import dev.slipway.contracts.RequestName;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.kit.RequestNotice;
import dev.slipway.ledger.ObjectStore;
import dev.slipway.ledger.Order;
import dev.slipway.upload.Archives;
import dev.slipway.upload.decide.Drop;
import dev.slipway.upload.decide.DropNotice;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What people and strangers do, and when. */
final class Happenings {
    private static final String LEDGER = "p-inst-ledger";
    private static final byte[] NO_ARCHIVE = "no archive".getBytes(StandardCharsets.UTF_8);

    /** The same few archives come in all schedules. */
    private static final Map<String, byte[]> ARCHIVES = new ConcurrentHashMap<>();

    private final Scheduler scheduler;
    private final Chance chance;

    /** For what came to be asked later: drawn from here, it leaves all else as it was. */
    private final Chance aside;

    private final Conditions conditions;
    private final Timeline timeline;
    private final Bus bus;
    private final World world;
    private final List<Asked> asked;
    private final List<Dropped> drops = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<String> codes = new ArrayList<>();
    private @Nullable Runnable hasty;
    private int planned;
    private boolean converges;

    Happenings(
            Scheduler scheduler,
            Chance chance,
            Chance aside,
            Conditions conditions,
            Timeline timeline,
            Bus bus,
            World world,
            List<Asked> asked) {
        this.asked = asked;
        this.aside = aside;
        this.scheduler = scheduler;
        this.chance = chance;
        this.conditions = conditions;
        this.timeline = timeline;
        this.bus = bus;
        this.world = world;
    }

    /** All archives that were dropped so far. */
    List<Dropped> drops() {
        return drops;
    }

    /** All that was asked so far. */
    List<Asked> asked() {
        return asked;
    }

    boolean areOver() {
        return planned == 0;
    }

    /** How long it takes until whatever converges by itself has done so. */
    long quietFor() {
        return converges ? 1_500_000 : 200_000;
    }

    void begin() {
        plan(this::drop, 0);
        for (int drop = 1; drop < conditions.drops(); drop++) {
            plan(new Once(this::drop), chance.skewed(0, conditions.within()));
        }
        if (chance.hits(conditions.likely(Trouble.REQUESTS) * 2)) {
            for (int request = chance.between(1, 3); request > 0; request--) {
                plan(new Once(this::request), chance.skewed(0, conditions.within() + 60_000));
            }
        }
        maybe(Trouble.BUS_WIPED, bus::wipe);
        maybe(Trouble.STRANGER_DELETES, () -> world.deleteService(anyService()));
        maybe(Trouble.STRANGER_WIPES, () -> world.wipeAnnotations(anyService()));
    }

    /** The first call has failed: something that was to come anyway comes now, more or less. */
    void hurry() {
        if (hasty != null) {
            plan(hasty, chance.skewed(0, 40_000));
            hasty = null;
        }
    }

    /** What happens at its time, or earlier when a call fails. */
    private final class Once implements Runnable {
        private final Runnable what;
        private boolean done;

        Once(Runnable what) {
            this.what = what;
            hasty = this;
        }

        @Override
        public void run() {
            if (!done) {
                done = true;
                what.run();
            }
        }
    }

    private void maybe(Trouble trouble, Runnable what) {
        if (chance.hits(conditions.likely(trouble))) {
            plan(what, chance.skewed(0, conditions.within() + 200_000));
        }
    }

    private void plan(Runnable what, long delay) {
        planned++;
        scheduler.after(
                delay,
                () -> {
                    planned--;
                    what.run();
                });
    }

    private void request() {
        ServiceKey service = anyService();
        switch (chance.of(Arrays.asList(RequestKind.values()))) {
            case ROLLBACK -> ask(service, Request.rollback(anyRevision(service)));
            case HOLD -> hold(service);
            case RELEASE -> ask(service, Request.release());
            case UNDEPLOY -> ask(service, Request.undeploy(aside.hits(0.3)));
            case CANCEL -> aboutSome(Request::cancel);
            case REDRIVE -> aboutSome(Request::redrive);
            case REDEPLOY -> ask(service, Request.redeploy());
        }
    }

    /** Some name one that is there, whatever became of it; others none. */
    private @Nullable String anyRevision(ServiceKey service) {
        return aside.hits(0.4) && world.services.exists(service)
                ? aside.of(world.services.revisions(service))
                : null;
    }

    /** Nothing is held for good: then nothing would ever end. */
    private void hold(ServiceKey service) {
        ask(service, Request.hold());
        plan(() -> ask(service, Request.release()), chance.skewed(10, 200_000));
    }

    private void aboutSome(Function<DeploymentId, Request> request) {
        Dropped some = chance.of(drops);
        ask(some.service(), request.apply(some.deployment()));
    }

    private void ask(ServiceKey service, Request request) {
        converges = true;
        String object = RequestName.of(service, "r" + asked.size()).object();
        if (!(world.ledger.create(object, Json.write(request))
                instanceof ObjectStore.Written(long generation, Instant updated))) {
            throw new IllegalStateException(object + " was there already");
        }
        ObjectVersion version = new ObjectVersion(LEDGER, object, generation);
        Order order = Order.of(version, updated.toEpochMilli());
        asked.add(new Asked(DeploymentId.of(version), service, order, request));
        timeline.note(() -> "asked: " + asked.getLast());
        bus.publish("service-requested", new RequestNotice(true, version));
    }

    private ServiceKey anyService() {
        return Schedule.service(chance.between(1, conditions.services()));
    }

    private void drop() {
        ServiceKey service = anyService();
        boolean valid = !chance.hits(conditions.likely(Trouble.INVALID));
        byte[] content = valid ? archive() : NO_ARCHIVE;
        ObjectVersion version = world.drops.put(name(service), content, null);
        Drop stored = new Drop(version, scheduler.instant().toEpochMilli(), content.length, null);
        drops.add(
                new Dropped(
                        DeploymentId.of(version),
                        service,
                        Order.of(version, stored.timeCreated()),
                        valid));
        timeline.note(() -> "dropped: " + drops.getLast());
        if (chance.hits(conditions.likely(Trouble.REMOVED))) {
            plan(() -> world.removeDrop(version), chance.skewed(10, 100_000));
        }
        bus.publishUnreliably(
                "source-uploaded",
                new DropNotice(true, version, stored),
                conditions.likely(Trouble.LOSSES));
    }

    private String name(ServiceKey service) {
        boolean again = !names.isEmpty() && chance.hits(conditions.likely(Trouble.OVERWRITTEN));
        String name =
                again
                        ? service.service() + ".zip"
                        : service.service() + "/" + drops.size() + ".zip";
        names.add(name);
        return name;
    }

    private byte[] archive() {
        boolean same = !codes.isEmpty() && chance.hits(conditions.likely(Trouble.SAME_CONTENT));
        String code = same ? chance.of(codes) : "code " + drops.size();
        codes.add(code);
        String manifest = Archives.MANIFEST;
        if (chance.hits(conditions.likely(Trouble.PUBLIC))) {
            manifest += "access: public\n";
        }
        if (chance.hits(conditions.likely(Trouble.EVENTS))) {
            converges = true;
            manifest += "triggers:\n  - pubsub: { topic: " + chance.of(World.TOPICS) + " }\n";
        }
        return archive(code, manifest);
    }

    private static byte[] archive(String code, String manifest) {
        return ARCHIVES.computeIfAbsent(
                code + "\n" + manifest,
                _ ->
                        Archives.zip(
                                "index.js", code, "package.json", "{}", "slipway.yaml", manifest));
    }
}
