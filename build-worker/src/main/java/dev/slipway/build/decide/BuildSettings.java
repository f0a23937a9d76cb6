package dev.slipway.build.decide;

import dev.slipway.contracts.Json;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a build needs of the normalised manifest. */
public record BuildSettings(
        Profile profile,
        @Nullable String function,
        @Nullable String runtime,
        Map<String, String> environment,
        @Nullable String serviceAccount,
        @Nullable String workerPool) {
    /** Copies the environment. */
    public BuildSettings {
        environment = Map.copyOf(environment);
    }

    /** Which of Google's two paths is followed. */
    public enum Profile {
        RUN("cloud-run-source-deploy"),
        FUNCTIONS("gcf-artifacts");

        private final String repository;

        Profile(String repository) {
            this.repository = repository;
        }

        /** The Artifact Registry repository that this path keeps images in. */
        public String repository() {
            return repository;
        }
    }

    private record Form(
            @Nullable String profile,
            @Nullable String function,
            @Nullable String runtime,
            @Nullable BuildForm build) {}

    private record BuildForm(
            @Nullable Map<String, String> env,
            @Nullable String serviceAccount,
            @Nullable String workerPool) {}

    /**
     * The settings in these bytes, the normalised manifest as JSON.
     *
     * @throws IOException if they are none
     */
    public static BuildSettings parse(byte[] manifest) throws IOException {
        Form form = Json.read(manifest, Form.class);
        BuildForm build = form.build == null ? new BuildForm(Map.of(), null, null) : form.build;
        return new BuildSettings(
                "functions".equals(form.profile) ? Profile.FUNCTIONS : Profile.RUN,
                form.function,
                form.runtime,
                build.env == null ? Map.of() : build.env,
                build.serviceAccount,
                build.workerPool);
    }
}
