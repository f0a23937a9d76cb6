package dev.slipway.deploy.google;

import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.ContainerPort;
import com.google.cloud.run.v2.EnvVar;
import com.google.cloud.run.v2.ExecutionEnvironment;
import com.google.cloud.run.v2.GRPCAction;
import com.google.cloud.run.v2.HTTPGetAction;
import com.google.cloud.run.v2.IngressTraffic;
import com.google.cloud.run.v2.Probe;
import com.google.cloud.run.v2.ResourceRequirements;
import com.google.cloud.run.v2.RevisionScaling;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TCPSocketAction;
import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.TrafficTargetAllocationType;
import com.google.protobuf.util.Durations;
import dev.slipway.contracts.manifest.Access;
import dev.slipway.contracts.manifest.Manifest;
import dev.slipway.contracts.manifest.Profile;
import dev.slipway.deploy.decide.ServicePlan;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Our plan as Cloud Run's Service, as Google's own two paths would ask for it. The same plan gives
 * the same bytes: Cloud Run refuses a revision's name with another configuration.
 */
final class CloudRunWriting {
    private static final int ALL = 100;

    private CloudRunWriting() {}

    /** The whole service but its name, etag and client. */
    static Service.Builder service(ServicePlan plan, Map<String, String> annotations) {
        Manifest manifest = plan.manifest();
        return Service.newBuilder()
                .putAllAnnotations(annotations)
                .putAllLabels(manifest.labels())
                .setIngress(IngressTraffic.INGRESS_TRAFFIC_ALL)
                .setInvokerIamDisabled(isPublic(manifest.access()))
                .setTemplate(template(plan))
                .addTraffic(allTo(plan.revision()));
    }

    static boolean isPublic(Access access) {
        return access == Access.PUBLIC;
    }

    static TrafficTarget allTo(String revision) {
        return TrafficTarget.newBuilder()
                .setType(TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION)
                .setRevision(revision)
                .setPercent(ALL)
                .build();
    }

    private static RevisionTemplate template(ServicePlan plan) {
        Manifest manifest = plan.manifest();
        RevisionTemplate.Builder template =
                RevisionTemplate.newBuilder()
                        .setRevision(plan.revision())
                        .putAllAnnotations(plan.origin().annotations())
                        .putAllLabels(manifest.labels())
                        .setServiceAccount(plan.serviceAccount())
                        .setTimeout(Durations.fromSeconds(manifest.timeout().toSeconds()))
                        .setMaxInstanceRequestConcurrency(manifest.concurrency())
                        .setScaling(
                                RevisionScaling.newBuilder()
                                        .setMinInstanceCount(manifest.minInstances())
                                        .setMaxInstanceCount(manifest.maxInstances()))
                        .addContainers(container(plan));
        if (manifest.profile() == Profile.FUNCTIONS) {
            template.setExecutionEnvironment(ExecutionEnvironment.EXECUTION_ENVIRONMENT_GEN2);
        }
        return template.build();
    }

    private static Container container(ServicePlan plan) {
        Manifest manifest = plan.manifest();
        Container.Builder container =
                Container.newBuilder()
                        .setName(name(plan))
                        .setImage(plan.image())
                        .addAllEnv(environment(plan.environment()))
                        .setResources(resources(manifest))
                        .addPorts(ContainerPort.newBuilder().setContainerPort(manifest.port()));
        if (manifest.startupProbe() != null) {
            container.setStartupProbe(probe(manifest.startupProbe()));
        }
        return container.build();
    }

    private static String name(ServicePlan plan) {
        return switch (plan.manifest().profile()) {
            case RUN -> plan.service().service() + "-1";
            case FUNCTIONS -> "worker";
        };
    }

    private static List<EnvVar> environment(Map<String, String> variables) {
        return variables.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .map(
                        variable ->
                                EnvVar.newBuilder()
                                        .setName(variable.getKey())
                                        .setValue(variable.getValue())
                                        .build())
                .toList();
    }

    /** Once limits are set, CPU outside of requests must be declined, or it is billed. */
    private static ResourceRequirements resources(Manifest manifest) {
        return ResourceRequirements.newBuilder()
                .putLimits("cpu", manifest.cpu())
                .putLimits("memory", manifest.memory())
                .setCpuIdle(true)
                .setStartupCpuBoost(true)
                .build();
    }

    private static Probe probe(dev.slipway.contracts.manifest.Probe wanted) {
        Probe.Builder probe =
                Probe.newBuilder()
                        .setInitialDelaySeconds(wanted.initialDelaySeconds())
                        .setTimeoutSeconds(wanted.timeoutSeconds())
                        .setPeriodSeconds(wanted.periodSeconds())
                        .setFailureThreshold(wanted.failureThreshold());
        return switch (wanted.check()) {
            case dev.slipway.contracts.manifest.Probe.HttpGet(int port, String path) ->
                    probe.setHttpGet(HTTPGetAction.newBuilder().setPort(port).setPath(path))
                            .build();
            case dev.slipway.contracts.manifest.Probe.Grpc(int port, String service) ->
                    probe.setGrpc(GRPCAction.newBuilder().setPort(port).setService(service))
                            .build();
            case dev.slipway.contracts.manifest.Probe.TcpSocket(int port) ->
                    probe.setTcpSocket(TCPSocketAction.newBuilder().setPort(port)).build();
        };
    }
}
