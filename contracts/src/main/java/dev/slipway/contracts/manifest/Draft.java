package dev.slipway.contracts.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a well-formed document on their way to a manifest: held against the object's name,
 * the operator's policy and each other.
 */
record Draft(Given given, String service, String region, Policy policy, Problems problems) {
    static Draft of(
            ObjectNode fields, String service, String region, Policy policy, Problems problems) {
        Given given = new Given(fields, FieldPath.ROOT, problems);
        return new Draft(given, service, region, policy, problems);
    }

    /** Only worth anything where no problem was found. */
    Manifest manifest() {
        Profile profile = Profile.valueOf(word("profile", "run"));
        Sizing sizing = Sizing.of(given, profile);
        int port = given.number("port", 8080);
        checkName();
        return new Manifest(
                Manifest.API_VERSION,
                service,
                region,
                profile,
                function(profile),
                signatureType(),
                runtime(),
                new Manifest.Build(Variables.of(given.inside("build"), true)),
                sizing.memory().text(),
                sizing.cpu().text(),
                sizing.concurrency(),
                sizing.timeout(),
                sizing.minInstances(),
                sizing.maxInstances(),
                port,
                Variables.of(given, false),
                given.texts("labels"),
                access(),
                StartupProbes.of(given, port),
                triggers());
    }

    private String word(String name, String otherwise) {
        return given.text(name, otherwise).toUpperCase(Locale.ROOT);
    }

    private void checkName() {
        if (!given.text("service", service).equals(service)) {
            given.refuse("service", "'" + service + "', which the object's name says");
        }
        if (!given.text("region", region).equals(region)) {
            given.refuse("region", "'" + region + "', which the object's name says");
        } else if (!policy.regions().contains(region)) {
            problems.field(
                    given.at("region"),
                    "is '"
                            + region
                            + "'; your operator allows "
                            + String.join(", ", policy.regions().stream().sorted().toList()));
        }
    }

    private String function(Profile profile) {
        if (profile == Profile.RUN && !given.has("function")) {
            problems.field(
                    given.at("function"),
                    "is missing: web applications are not supported yet, so name the function to"
                            + " call; slipway.yaml at the archive's root needs the two lines"
                            + " 'apiVersion: slipway.dev/v1' and 'function: helloHttp', with your"
                            + " function's name for helloHttp");
        }
        return given.text("function", service);
    }

    private SignatureType signatureType() {
        if (!word("signatureType", "http").equals("HTTP")) {
            given.unfit(
                    "signatureType",
                    "is '"
                            + given.text("signatureType", "")
                            + "', which is not supported yet; allowed is http");
        }
        return SignatureType.HTTP;
    }

    private @Nullable String runtime() {
        return given.has("runtime") ? given.text("runtime", "") : null;
    }

    private Access access() {
        Access access = Access.valueOf(word("access", "private"));
        if (access == Access.PUBLIC && !policy.publicAccess()) {
            given.unfit(
                    "access",
                    "is 'public', which your operator does not allow; allowed is private");
        }
        return access;
    }

    /** Requests over HTTP are what every service takes, whether they are named or not. */
    private List<Trigger> triggers() {
        JsonNode listed = given.node("triggers");
        for (int index = 1; listed.isArray() && index < listed.size(); index++) {
            problems.unfit(
                    given.at("triggers").item(index),
                    listed.get(index),
                    "is a second http trigger; keep one");
        }
        return List.of(new Trigger.Http());
    }
}
