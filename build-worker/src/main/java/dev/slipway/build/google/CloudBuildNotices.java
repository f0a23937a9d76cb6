package dev.slipway.build.google;

import com.google.cloudbuild.v1.Build;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.slipway.build.decide.BuildNotice;
import dev.slipway.build.gateway.BuildNotices;
import dev.slipway.kit.Message;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What Cloud Build publishes on {@code cloud-builds}: the Build as JSON. */
@Singleton
class CloudBuildNotices implements BuildNotices {
    private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

    @Override
    public Optional<BuildNotice> read(Message message) {
        Build.Builder build = Build.newBuilder();
        try {
            PARSER.merge(new String(message.data(), StandardCharsets.UTF_8), build);
        } catch (InvalidProtocolBufferException _) {
            return Optional.empty();
        }
        return build.getId().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new BuildNotice(
                                CloudBuildReading.name(build.build()),
                                CloudBuildReading.of(build.build()).status(),
                                build.getTagsList()));
    }
}
