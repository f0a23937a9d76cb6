package dev.slipway.build.decide;

import dev.slipway.contracts.Json;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a build needs of the normalised manifest.
 *
 * @param function absent for a web application
 * @param environment all that the builder is given; a function's signature type among it, which
 *     Cloud Run would otherwise take for http
 */
public record BuildSettings(
        Profile profile,
        @Nullable String function,
        @Nullable String runtime,
        Map<String, String> environment,
        @Nullable String serviceAccount,
        @Nullable String workerPool) {
    private static final String SIGNATURE = "GOOGLE_FUNCTION_SIGNATURE_TYPE";
    private static final String DEFAULT_SIGNATURE = "http";

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
            @Nullable String signatureType,
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
                environment(form, build),
                build.serviceAccount,
                build.workerPool);
    }

    private static Map<String, String> environment(Form form, BuildForm build) {
        Map<String, String> environment = new HashMap<>();
        if (build.env != null) {
            environment.putAll(build.env);
        }
        if (form.function != null) {
            environment.put(
                    SIGNATURE, Objects.requireNonNullElse(form.signatureType, DEFAULT_SIGNATURE));
        }
        return environment;
    }
}
