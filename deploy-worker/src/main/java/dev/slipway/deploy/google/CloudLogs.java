package dev.slipway.deploy.google;

import com.google.cloud.logging.v2.LoggingClient;
import com.google.cloud.logging.v2.LoggingSettings;
import com.google.logging.v2.ListLogEntriesRequest;
import com.google.logging.v2.LogEntry;
import com.google.protobuf.Value;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.kit.google.GoogleAccess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** What revisions printed, from Cloud Logging. Its entries come some seconds late. */
final class CloudLogs implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(CloudLogs.class);
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(10);
    private static final int MOST_LINES = 20;

    private final String project;
    private final LoggingClient logging;

    CloudLogs(String project, GoogleAccess access) throws IOException {
        this.project = project;
        LoggingSettings.Builder settings =
                LoggingSettings.newBuilder()
                        .setTransportChannelProvider(
                                access.channel(
                                        LoggingSettings.defaultGrpcTransportProviderBuilder()))
                        .setCredentialsProvider(access.credentials())
                        .setHeaderProvider(access.headers());
        settings.listLogEntriesSettings().setSimpleTimeoutNoRetriesDuration(ANSWERED_WITHIN);
        this.logging = LoggingClient.create(settings.build());
    }

    /** The last lines of one revision; none where they cannot be read. */
    List<String> lastLines(ServiceKey service, String revision) {
        ListLogEntriesRequest request =
                ListLogEntriesRequest.newBuilder()
                        .addResourceNames("projects/" + project)
                        .setFilter(filter(service, revision))
                        .setOrderBy("timestamp desc")
                        .setPageSize(MOST_LINES)
                        .build();
        try {
            return Stream.of(logging.listLogEntries(request))
                    .flatMap(found -> found.getPage().getResponse().getEntriesList().stream())
                    .limit(MOST_LINES)
                    .map(CloudLogs::text)
                    .filter(text -> !text.isBlank())
                    .toList()
                    .reversed();
        } catch (RuntimeException e) {
            LOG.debugf("revision=%s its log cannot be read: %s", revision, e.getMessage());
            return List.of();
        }
    }

    /** The names are Cloud Run's own, so they hold no quotes. */
    private static String filter(ServiceKey service, String revision) {
        return "resource.type=\"cloud_run_revision\""
                + " AND resource.labels.location=\""
                + service.region()
                + "\" AND resource.labels.service_name=\""
                + service.service()
                + "\" AND resource.labels.revision_name=\""
                + revision
                + "\"";
    }

    private static String text(LogEntry entry) {
        return switch (entry.getPayloadCase()) {
            case TEXT_PAYLOAD -> entry.getTextPayload();
            case JSON_PAYLOAD ->
                    entry.getJsonPayload()
                            .getFieldsOrDefault("message", Value.getDefaultInstance())
                            .getStringValue();
            case PROTO_PAYLOAD, PAYLOAD_NOT_SET -> "";
        };
    }

    @Override
    public void close() {
        logging.close();
    }
}
