package dev.slipway.cli.installation;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.NoCredentials;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.contracts.Shown;
import dev.slipway.contracts.Topology;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where an installation's topics, buckets and services are, and how they are reached. */
public sealed interface Cloud {
    /** The project's id. */
    String project();

    /** The first part of every name but Google's own. */
    String installation();

    /** The bucket that is dropped into. */
    String dropBucket();

    /** The bucket with the records. */
    String ledgerBucket();

    /** The region of what names none, where this side knows it. */
    Optional<String> region();

    /** The regions that can be deployed to; none where only the workers know them. */
    List<String> regions();

    /** Clients of all its APIs. */
    GoogleClients clients();

    /** As a sentence names it. */
    String shown();

    /** All names. */
    default Topology topology() {
        return Topology.of(project(), installation());
    }

    /** The local cloud of this machine; without a token, calls act as the project's owner. */
    record Local(Endpoints endpoints) implements Cloud {
        @Override
        public String project() {
            return endpoints.project();
        }

        @Override
        public String installation() {
            return endpoints.installation();
        }

        @Override
        public String dropBucket() {
            return endpoints.dropBucket();
        }

        @Override
        public String ledgerBucket() {
            return endpoints.ledgerBucket();
        }

        @Override
        public Optional<String> region() {
            return Optional.of(endpoints.region());
        }

        @Override
        public List<String> regions() {
            return endpoints.regions();
        }

        @Override
        public GoogleClients clients() {
            return new GoogleClients(endpoints);
        }

        @Override
        public String shown() {
            return "the local cloud at " + endpoints.endpoint();
        }
    }

    /**
     * A project of Google Cloud, with the application-default credentials of whoever runs the
     * command.
     *
     * @param storageHost {@code STORAGE_EMULATOR_HOST}, as Google's client libraries take it
     * @param endpoint {@code SLIPWAY_ENDPOINT}: where all other APIs are asked instead of at
     *     Google's, in plaintext
     */
    record Google(
            String project,
            String installation,
            String dropBucket,
            @Nullable String storageHost,
            @Nullable String endpoint)
            implements Cloud {
        private static final Pattern PROJECT =
                Pattern.compile("([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]");
        private static final Pattern INSTALLATION = Pattern.compile("[a-z][a-z0-9-]{0,19}");
        private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");
        private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

        /**
         * The installation of this name in this project.
         *
         * @param bucket its drop bucket, {@code gs://} before it or not; null for the topology's
         * @throws Problem if one of these cannot be a name
         */
        public static Google of(
                String project,
                String installation,
                @Nullable String bucket,
                Map<String, String> environment) {
            check("--project", project, PROJECT, "my-project-123");
            check("--installation", installation, INSTALLATION, "slipway");
            String drop =
                    bucket == null
                            ? Topology.of(project, installation).bucket("drop").name()
                            : bucket.replaceFirst("^gs://", "").replaceFirst("/$", "");
            check("--bucket", drop, BUCKET, "my-project-slipway-drop");
            return new Google(
                    project,
                    installation,
                    drop,
                    host(environment, "STORAGE_EMULATOR_HOST"),
                    host(environment, "SLIPWAY_ENDPOINT"));
        }

        private static void check(String option, String given, Pattern form, String example) {
            if (!form.matcher(given).matches()) {
                throw Problem.usage(
                        option + " " + Shown.of(given) + " is no such name; one is like " + example,
                        "Write it as Google Cloud does.");
            }
        }

        /** An address without a scheme is one of an emulator, so it is plaintext. */
        private static @Nullable String host(Map<String, String> environment, String variable) {
            String named = environment.getOrDefault(variable, "");
            if (named.isEmpty()) {
                return null;
            }
            String host = named.contains("://") ? named : "http://" + named;
            return host.endsWith("/") ? host.substring(0, host.length() - 1) : host;
        }

        @Override
        public String ledgerBucket() {
            return topology().bucket("ledger").name();
        }

        @Override
        public Optional<String> region() {
            return Optional.empty();
        }

        @Override
        public List<String> regions() {
            return List.of();
        }

        @Override
        public GoogleClients clients() {
            return new GoogleClients(
                    project,
                    storageHost,
                    endpoint,
                    storageHost != null && endpoint != null
                            ? NoCredentials.getInstance()
                            : applicationDefault());
        }

        private static GoogleCredentials applicationDefault() {
            try {
                return GoogleCredentials.getApplicationDefault().createScoped(SCOPE);
            } catch (IOException e) {
                String found = String.valueOf(e.getMessage());
                throw Problem.failed(
                        found.startsWith("Error reading")
                                ? "application-default credentials cannot be used: "
                                        + Shown.of(found)
                                : "no application-default credentials were found",
                        "Run gcloud auth application-default login, or name a key file with"
                                + " GOOGLE_APPLICATION_CREDENTIALS.",
                        e);
            }
        }

        @Override
        public String shown() {
            return "project "
                    + project
                    + " of Google Cloud"
                    + (storageHost == null ? "" : " at " + storageHost);
        }
    }
}
