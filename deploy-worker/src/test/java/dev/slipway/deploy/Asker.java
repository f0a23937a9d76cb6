package dev.slipway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Json;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Request;
import dev.slipway.contracts.RequestAnswer;
import dev.slipway.contracts.RequestAnswer.Outcome;
import dev.slipway.contracts.RequestAnswer.Refusal;
import dev.slipway.contracts.RequestName;
import dev.slipway.kit.Handled;
import dev.slipway.kit.Message;
import dev.slipway.ledger.ObjectStore.Stored;
import dev.slipway.ledger.RequestRecord;
import java.time.Duration;
import java.util.Map;

/** Somebody who asks things of the service hello, one a second. */
final class Asker {
    static final String BUCKET = Bench.PROJECT + "-" + Bench.INSTALLATION + "-ledger";

    private final Bench bench;
    private int asked;

    Asker(Bench bench) {
        this.bench = bench;
    }

    /** The object that asks, of which no worker has heard yet. */
    ObjectVersion write(byte[] body) {
        asked++;
        bench.now = bench.now.plusSeconds(1);
        String object = RequestName.of(Bench.HELLO, "r" + asked).object();
        bench.kept.create(object, body);
        Stored stored = bench.kept.get(object).orElseThrow();
        bench.now = bench.now.plusSeconds(1);
        return new ObjectVersion(BUCKET, object, stored.generation());
    }

    ObjectVersion write(Request request) {
        return write(Json.write(request));
    }

    /** What storage says of it, once or again. */
    Handled tell(ObjectVersion object) {
        return bench.worker.request().handle(news(object));
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
        bench.worker.resume().resumeUnrecorded(DeploymentId.of(object), bench.now);
    }

    RequestRecord record(ObjectVersion object) {
        return bench.ledger.request(DeploymentId.of(object)).orElseThrow().value();
    }

    Stored answerObject(ObjectVersion object) {
        return bench.kept.get(RequestName.answerTo(object.object())).orElseThrow();
    }

    /** What stands beside the request. */
    RequestAnswer answer(ObjectVersion object) {
        return RequestAnswer.parse(answerObject(object).body()).orElseThrow();
    }

    void assertDone(ObjectVersion object) {
        assertThat(answer(object).outcome()).as(answer(object).message()).isEqualTo(Outcome.DONE);
        assertThat(record(object).isDone()).isTrue();
    }

    void assertRefused(ObjectVersion object, Refusal refusal) {
        assertThat(answer(object).refusal()).isEqualTo(refusal);
        assertThat(answer(object).nextStep()).isEqualTo(refusal.nextStep());
        assertThat(record(object).isDone()).isTrue();
        assertThat(bench.ledger.marker(DeploymentId.of(object))).isEmpty();
    }
}
