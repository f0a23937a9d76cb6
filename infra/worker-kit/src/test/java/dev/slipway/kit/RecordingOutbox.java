package dev.slipway.kit;

import dev.slipway.contracts.PipelineEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An outbox that keeps what was published, and fails when told to. */
public final class RecordingOutbox implements Outbox {
    private final List<PipelineEvent> published = new CopyOnWriteArrayList<>();
    private int failures;

    /** The next so many calls are not confirmed. */
    public synchronized void fail(int times) {
        failures = times;
    }

    @Override
    public synchronized void publish(PipelineEvent event) {
        if (failures > 0) {
            failures--;
            throw new GatewayException(
                    FailureKind.TRANSIENT, "publish " + event.id(), "no confirmation came", null);
        }
        published.add(event);
    }

    /** All that was published, in order. */
    public List<PipelineEvent> published() {
        return published;
    }
}
