package dev.slipway.contracts.manifest;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * References to Secret Manager's versions, as variables ({@code NAME}) or files ({@code /path}). A
 * value is never repeated: what stands there by mistake may be the secret itself.
 */
record Secrets(Given container, Policy policy) {
    void check() {
        Given secrets = container.inside("secrets");
        Map<String, String> folders = new HashMap<>();
        container
                .texts("secrets")
                .forEach(
                        (name, reference) -> {
                            if (name.startsWith("/")) {
                                checkFile(secrets, name, secret(reference), folders);
                            } else {
                                checkVariable(secrets, name);
                            }
                            checkProject(secrets, name, reference);
                        });
    }

    private void checkVariable(Given secrets, String name) {
        if (Policy.isReserved(name, false)) {
            secrets.problems().field(secrets.at(name), Variables.reserved(false));
        } else if (container.inside("env").has(name)) {
            secrets.problems().field(secrets.at(name), "stands in env, too; keep one of them");
        }
    }

    /** The platform mounts one secret on a folder, however many of its versions are files there. */
    private static void checkFile(
            Given secrets, String path, String secret, Map<String, String> folders) {
        int colon = path.indexOf(':');
        String folder = path.substring(0, colon < 0 ? path.lastIndexOf('/') : colon);
        String before = folders.putIfAbsent(folder, secret);
        if (!Objects.requireNonNullElse(before, secret).equals(secret)) {
            secrets.problems()
                    .field(
                            secrets.at(path),
                            "puts a second secret into the folder '"
                                    + folder
                                    + "'; give each its own");
        }
    }

    private void checkProject(Given secrets, String name, String reference) {
        if (reference.startsWith("projects/")
                && !reference.startsWith("projects/" + policy.project() + "/")) {
            secrets.unfit(
                    name,
                    "is a secret of another project; allowed is one of the project "
                            + policy.project());
        }
    }

    private static String secret(String reference) {
        int version = reference.indexOf("/versions/");
        return reference.substring(0, version < 0 ? reference.lastIndexOf(':') : version);
    }
}
