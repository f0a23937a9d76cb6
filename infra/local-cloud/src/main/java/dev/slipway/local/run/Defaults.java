package dev.slipway.local.run;

import com.google.api.LaunchStage;
import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.IngressTraffic;
import com.google.cloud.run.v2.Probe;
import com.google.cloud.run.v2.ResourceRequirements;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TCPSocketAction;
import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.TrafficTargetAllocationType;
import com.google.protobuf.util.Durations;
import java.math.BigDecimal;

/** What Cloud Run fills in where a caller says nothing. */
final class Defaults {
    static final int PORT = 8080;

    private static final int CONCURRENCY = 80;
    private static final int MOST_INSTANCES = 100;
    private static final int TIMEOUT_SECONDS = 300;
    private static final int STARTUP_SECONDS = 240;

    private final String serviceAccount;

    Defaults(long projectNumber) {
        this.serviceAccount = projectNumber + "-compute@developer.gserviceaccount.com";
    }

    Service fill(Service spec) {
        Service.Builder service = spec.toBuilder();
        if (service.getIngress() == IngressTraffic.INGRESS_TRAFFIC_UNSPECIFIED) {
            service.setIngress(IngressTraffic.INGRESS_TRAFFIC_ALL);
        }
        if (service.getLaunchStage() == LaunchStage.LAUNCH_STAGE_UNSPECIFIED) {
            service.setLaunchStage(LaunchStage.GA);
        }
        if (service.getTrafficCount() == 0) {
            service.addTraffic(
                    TrafficTarget.newBuilder()
                            .setType(
                                    TrafficTargetAllocationType
                                            .TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST)
                            .setPercent(100));
        }
        return service.setTemplate(fill(service.getTemplate())).build();
    }

    private RevisionTemplate fill(RevisionTemplate given) {
        RevisionTemplate.Builder template = given.toBuilder();
        if (!template.hasTimeout()) {
            template.setTimeout(Durations.fromSeconds(TIMEOUT_SECONDS));
        }
        if (template.getServiceAccount().isEmpty()) {
            template.setServiceAccount(serviceAccount);
        }
        if (template.getScaling().getMaxInstanceCount() == 0) {
            template.getScalingBuilder().setMaxInstanceCount(MOST_INSTANCES);
        }
        template.getContainersBuilderList().forEach(Defaults::fill);
        if (template.getMaxInstanceRequestConcurrency() == 0) {
            template.setMaxInstanceRequestConcurrency(concurrency(template));
        }
        return template.build();
    }

    private static int concurrency(RevisionTemplate.Builder template) {
        boolean small =
                template.getContainersList().stream()
                        .map(container -> container.getResources().getLimitsOrDefault("cpu", "1"))
                        .flatMap(cpu -> Quantity.read(cpu).stream())
                        .anyMatch(cpu -> cpu.compareTo(BigDecimal.ONE) < 0);
        return small ? 1 : CONCURRENCY;
    }

    private static void fill(Container.Builder container) {
        if (container.getPortsCount() == 0) {
            container.addPortsBuilder();
        }
        var port = container.getPortsBuilder(0);
        if (port.getContainerPort() == 0) {
            port.setContainerPort(PORT);
        }
        if (port.getName().isEmpty()) {
            port.setName("http1");
        }
        fillResources(container);
        fillProbe(container);
    }

    private static void fillResources(Container.Builder container) {
        boolean set = container.hasResources();
        ResourceRequirements.Builder resources = container.getResourcesBuilder();
        if (!set) {
            resources.setCpuIdle(true);
        }
        if (!resources.containsLimits("cpu")) {
            resources.putLimits("cpu", "1000m");
        }
        if (!resources.containsLimits("memory")) {
            resources.putLimits("memory", "512Mi");
        }
    }

    private static void fillProbe(Container.Builder container) {
        int port = container.getPorts(0).getContainerPort();
        if (!container.hasStartupProbe()) {
            container.setStartupProbe(
                    Probe.newBuilder()
                            .setTimeoutSeconds(STARTUP_SECONDS)
                            .setPeriodSeconds(STARTUP_SECONDS)
                            .setFailureThreshold(1)
                            .setTcpSocket(TCPSocketAction.newBuilder().setPort(port)));
            return;
        }
        Probe.Builder probe = container.getStartupProbeBuilder();
        probe.setTimeoutSeconds(probe.getTimeoutSeconds() == 0 ? 1 : probe.getTimeoutSeconds());
        probe.setPeriodSeconds(probe.getPeriodSeconds() == 0 ? 10 : probe.getPeriodSeconds());
        probe.setFailureThreshold(
                probe.getFailureThreshold() == 0 ? 3 : probe.getFailureThreshold());
        if (probe.hasHttpGet()) {
            var get = probe.getHttpGetBuilder();
            get.setPath(get.getPath().isEmpty() ? "/" : get.getPath());
            get.setPort(get.getPort() == 0 ? port : get.getPort());
        } else if (probe.hasTcpSocket() && probe.getTcpSocket().getPort() == 0) {
            probe.getTcpSocketBuilder().setPort(port);
        }
    }
}
