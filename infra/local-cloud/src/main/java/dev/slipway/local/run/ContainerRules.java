package dev.slipway.local.run;

import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.EnvVar;
import com.google.cloud.run.v2.Probe;
import com.google.cloud.run.v2.RevisionTemplate;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** What Cloud Run accepts of the ingress container, and of that what is imitated here. */
final class ContainerRules {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?");
    private static final Pattern IMAGE =
            Pattern.compile("[A-Za-z0-9][-A-Za-z0-9._/:]*(@sha256:[0-9a-f]{64})?");
    private static final int LONGEST_IMAGE = 2048;
    private static final int MOST_VARIABLES = 1000;
    private static final int MOST_VARIABLE_BYTES = 32768;
    private static final Set<String> RESERVED =
            Set.of("PORT", "K_SERVICE", "K_REVISION", "K_CONFIGURATION");
    private static final int LONGEST_STARTUP_SECONDS = 240;

    private ContainerRules() {}

    static void check(String field, RevisionTemplate template) {
        Container container = template.getContainers(0);
        refuseWhatIsNotImitated(field, container);
        if (!container.getName().isEmpty() && !NAME.matcher(container.getName()).matches()) {
            throw Refused.invalid(
                    field + ".name", "is a DNS label, not '" + container.getName() + "'");
        }
        String image = container.getImage();
        if (image.length() > LONGEST_IMAGE || !IMAGE.matcher(image).matches()) {
            throw Refused.invalid(
                    field + ".image", "'" + image + "' is no image: HOST/PATH[:TAG][@sha256:…]");
        }
        checkPort(field, container);
        checkVariables(field + ".env", container);
        ResourceRules.check(
                field + ".resources.limits",
                container.getResources().getLimitsMap(),
                template.getMaxInstanceRequestConcurrency());
        checkProbe(field + ".startup_probe", container.getStartupProbe());
    }

    private static void refuseWhatIsNotImitated(String field, Container container) {
        if (container.getVolumeMountsCount() > 0) {
            throw Refused.notImitated(field + ".volume_mounts");
        }
        if (container.hasLivenessProbe()) {
            throw Refused.notImitated(field + ".liveness_probe");
        }
        if (container.hasReadinessProbe()) {
            throw Refused.notImitated(field + ".readiness_probe");
        }
        if (container.getDependsOnCount() > 0) {
            throw Refused.notImitated(field + ".depends_on");
        }
        if (!container.getBaseImageUri().isEmpty()) {
            throw Refused.notImitated(field + ".base_image_uri");
        }
        if (container.hasSourceCode()) {
            throw Refused.notImitated(field + ".source_code");
        }
    }

    private static void checkPort(String field, Container container) {
        if (container.getPortsCount() != 1) {
            throw Refused.invalid(field + ".ports", "only a single port can be specified");
        }
        int port = container.getPorts(0).getContainerPort();
        if (port < 1 || port > 65535) {
            throw Refused.invalid(
                    field + ".ports[0].container_port", "is from 1 to 65535, not " + port);
        }
        String name = container.getPorts(0).getName();
        if (!name.equals("http1") && !name.equals("h2c")) {
            throw Refused.invalid(field + ".ports[0].name", "is http1 or h2c, not '" + name + "'");
        }
    }

    private static void checkVariables(String field, Container container) {
        if (container.getEnvCount() > MOST_VARIABLES) {
            throw Refused.invalid(field, "at most 1000, found " + container.getEnvCount());
        }
        Set<String> names = new HashSet<>();
        for (EnvVar variable : container.getEnvList()) {
            check(field, variable);
            if (!names.add(variable.getName())) {
                throw Refused.invalid(field, "'" + variable.getName() + "' is there twice");
            }
        }
    }

    private static void check(String field, EnvVar variable) {
        String name = variable.getName();
        if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
            throw Refused.invalid(field, "'" + name + "' is no variable's name");
        }
        if (RESERVED.contains(name) || name.startsWith("X_GOOGLE_")) {
            throw Refused.invalid(field, "The following reserved env names were provided: " + name);
        }
        if (variable.hasValueSource()) {
            throw Refused.notImitated(field + ".value_source of " + name);
        }
        int bytes = (name + variable.getValue()).getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_VARIABLE_BYTES || variable.getValue().indexOf('\0') >= 0) {
            throw Refused.invalid(field, "the value of " + name + " is at most 32 KiB of text");
        }
    }

    private static void checkProbe(String field, Probe probe) {
        if (probe.hasGrpc()) {
            throw Refused.notImitated(field + ".grpc");
        }
        if (!probe.hasHttpGet() && !probe.hasTcpSocket()) {
            throw Refused.invalid(field, "exactly one of http_get, tcp_socket and grpc is set");
        }
        within(
                field + ".initial_delay_seconds",
                probe.getInitialDelaySeconds(),
                0,
                LONGEST_STARTUP_SECONDS);
        within(field + ".period_seconds", probe.getPeriodSeconds(), 1, LONGEST_STARTUP_SECONDS);
        within(field + ".timeout_seconds", probe.getTimeoutSeconds(), 1, probe.getPeriodSeconds());
        within(field + ".failure_threshold", probe.getFailureThreshold(), 1, Integer.MAX_VALUE);
        if (probe.hasHttpGet() && !probe.getHttpGet().getPath().startsWith("/")) {
            throw Refused.invalid(field + ".http_get.path", "begins with /");
        }
    }

    private static void within(String field, int found, int least, int most) {
        if (found < least || found > most) {
            throw Refused.invalid(field, "is from %d to %d, not %d".formatted(least, most, found));
        }
    }
}
