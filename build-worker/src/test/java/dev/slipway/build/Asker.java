package dev.slipway.build;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Json;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Request;
import dev.slipway.contracts.RequestAnswer;
import dev.slipway.contracts.RequestName;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import dev.slipway.kit.Handled;
import dev.slipway.kit.Message;
import dev.slipway.ledger.ObjectStore.Stored;
import dev.slipway.ledger.RequestRecord;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Somebody who asks things of the service hello, one a second. */
final class Asker {
    private final Bench bench;
    private int asked;

    Asker(Bench bench) {
        this.bench = bench;
    }

    /** The object that asks, of which no worker has heard yet. */
    ObjectVersion write(Request request) {
        asked++;
        bench.now = bench.now.plusSeconds(1);
        ServiceKey hello = new ServiceKey(Bench.REGION, new ServiceName("hello"));
        String object = RequestName.of(hello, "r" + asked).object();
        bench.store.create(object, Json.write(request));
        Stored stored = bench.store.get(object).orElseThrow();
        return new ObjectVersion("p-inst-ledger", object, stored.generation());
    }

    /** What storage says of it, once or again. */
    Handled tell(ObjectVersion object) {
        return bench.cancel.handle(news(object));
    }

    /** The same, for whoever hears it. */
    static Message news(ObjectVersion object) {
        return new Message(
                "m",
                Map.of(
                        "eventType",
                        "OBJECT_FINALIZE",
                        "bucketId",
                        object.bucket(),
                        "objectId",
                        object.object(),
                        "objectGeneration",
                        Long.toString(object.generation())),
                new byte[0]);
    }

    /** Asks, and lets the worker hear of it. */
    ObjectVersion ask(Request request) {
        ObjectVersion object = write(request);
        tell(object);
        return object;
    }

    /** What a sweep does with it after this time. */
    void sweepAfter(ObjectVersion object, Duration later) {
        bench.now = bench.now.plus(later);
        bench.resume.resumeUnrecorded(DeploymentId.of(object), bench.now);
    }

    boolean isMarked(ObjectVersion object) {
        return bench.ledger.marker(DeploymentId.of(object)).isPresent();
    }

    Optional<RequestRecord> record(ObjectVersion object) {
        return bench.ledger.request(DeploymentId.of(object)).map(read -> read.value());
    }

    /** What stands beside the request, if anything does. */
    Optional<RequestAnswer> answer(ObjectVersion object) {
        return bench.store
                .get(RequestName.answerTo(object.object()))
                .flatMap(stored -> RequestAnswer.parse(stored.body()));
    }
}
