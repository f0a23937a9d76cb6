package dev.slipway.local.build;

import com.google.cloudbuild.v1.Build;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.google.pubsub.v1.PubsubMessage;
import dev.slipway.local.Operations;
import dev.slipway.local.Settings;
import dev.slipway.local.Topics;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Changes builds and tells of it: on topic {@code cloud-builds}, attributes {@code buildId} and
 * {@code status}, the build as JSON, at least once for the last status; and to who waits for
 * operations.
 */
final class BuildChanges {
    private static final Logger LOG = System.getLogger(BuildChanges.class.getName());
    private static final JsonFormat.Printer JSON = JsonFormat.printer();

    private final BuildStore store;
    private final Topics topics;
    private final Operations operations;
    private final UnaryOperator<Build> shown;
    private final String topic;

    BuildChanges(
            Settings settings,
            BuildStore store,
            Topics topics,
            Operations operations,
            UnaryOperator<Build> shown) {
        this.store = store;
        this.topics = topics;
        this.operations = operations;
        this.shown = shown;
        this.topic = "projects/" + settings.project() + "/topics/cloud-builds";
    }

    /** See {@link BuildStore#change}. */
    Optional<Build> change(String id, Function<Build, Optional<Build>> change) {
        Optional<Build> changed = store.change(id, change);
        changed.ifPresent(this::tell);
        return changed;
    }

    /** Tells what a build is now; what cannot be published is told after a restart. */
    void tell(Build build) {
        operations.changed();
        try {
            topics.publish(topic, message(shown.apply(build)));
            store.announced(build);
        } catch (RuntimeException | InvalidProtocolBufferException e) {
            LOG.log(
                    Level.WARNING,
                    "build=" + build.getId() + " its status could not be published",
                    e);
        }
    }

    private static PubsubMessage message(Build build) throws InvalidProtocolBufferException {
        return PubsubMessage.newBuilder()
                .putAttributes("buildId", build.getId())
                .putAttributes("status", build.getStatus().name())
                .setData(ByteString.copyFromUtf8(JSON.print(build)))
                .build();
    }
}
