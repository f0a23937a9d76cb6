package dev.slipway.contracts.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
        new Combinations(given, service, region, sizing).check();
        new Containers(given, service, policy).check();
        new Volumes(given).check();
        return new Manifest(
                Manifest.API_VERSION,
                service,
                region,
                profile,
                function(profile),
                signatureType(profile),
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
                Probes.startup(given, port),
                Triggers.of(given, policy));
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

    private @Nullable String function(Profile profile) {
        return profile == Profile.RUN && !given.has("function")
                ? null
                : given.text("function", service);
    }

    private @Nullable SignatureType signatureType(Profile profile) {
        if (function(profile) == null) {
            if (given.has("signatureType")) {
                given.unfit(
                        "signatureType",
                        "stands without function; a web application has no signature type");
            }
            return null;
        }
        boolean events = Triggers.sendsEvents(given);
        SignatureType type =
                SignatureType.valueOf(word("signatureType", events ? "cloudevent" : "http"));
        if (events && (type == SignatureType.HTTP || type == SignatureType.TYPED)) {
            given.unfit(
                    "signatureType",
                    "is '"
                            + type.text()
                            + "' with a trigger that sends events; allowed with one are cloudevent"
                            + " and event");
        }
        return type;
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
}
