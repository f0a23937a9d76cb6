package dev.slipway.deploy.google;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.run.v2.CreateServiceRequest;
import com.google.cloud.run.v2.DeleteServiceRequest;
import com.google.cloud.run.v2.GetServiceRequest;
import com.google.cloud.run.v2.ListRevisionsRequest;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.RevisionsClient;
import com.google.cloud.run.v2.RevisionsSettings;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.ServicesClient;
import com.google.cloud.run.v2.ServicesSettings;
import com.google.cloud.run.v2.UpdateServiceRequest;
import com.google.protobuf.FieldMask;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.manifest.Access;
import dev.slipway.deploy.decide.ServicePlan;
import dev.slipway.deploy.decide.ServiceSeen;
import dev.slipway.deploy.gateway.Services;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.kit.google.GoogleAccess;
import dev.slipway.kit.google.GoogleFailures;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Services on Cloud Run. The operation that a write starts is not awaited: how it goes on is read
 * from the service itself.
 */
@Singleton
@Typed(CloudRunServices.class)
class CloudRunServices implements Services {
    private static final Logger LOG = Logger.getLogger(CloudRunServices.class);
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(30);
    private static final String CLIENT = "slipway";

    /** Cloud Run keeps no more of one service. */
    private static final int MOST_REVISIONS = 1000;

    private static final List<String> DEPLOYED =
            List.of(
                    "annotations",
                    "labels",
                    "client",
                    "client_version",
                    "ingress",
                    "template",
                    "traffic",
                    "invoker_iam_disabled");
    private static final List<String> MARKED = List.of("annotations");
    private static final List<String> ROUTED = List.of("annotations", "traffic");
    private static final List<String> ROUTED_WITH_ACCESS =
            List.of("annotations", "traffic", "invoker_iam_disabled");

    private final String project;
    private final String version;
    private final ServicesClient services;
    private final RevisionsClient revisions;

    CloudRunServices(
            SlipwayConfig config,
            GoogleAccess access,
            @ConfigProperty(name = "quarkus.application.version", defaultValue = "unknown")
                    String version)
            throws IOException {
        this.project = config.project();
        this.version = version;
        this.services = ServicesClient.create(serviceSettings(access));
        this.revisions = RevisionsClient.create(revisionSettings(access));
    }

    /** No call is repeated here: whoever asks reads the service before asking again. */
    private static ServicesSettings serviceSettings(GoogleAccess access) throws IOException {
        ServicesSettings.Builder settings =
                access.reaching(
                        ServicesSettings.newBuilder(),
                        ServicesSettings.defaultGrpcTransportProviderBuilder());
        settings.getServiceSettings().setSimpleTimeoutNoRetriesDuration(ANSWERED_WITHIN);
        settings.createServiceSettings().setSimpleTimeoutNoRetriesDuration(ANSWERED_WITHIN);
        settings.updateServiceSettings().setSimpleTimeoutNoRetriesDuration(ANSWERED_WITHIN);
        settings.deleteServiceSettings().setSimpleTimeoutNoRetriesDuration(ANSWERED_WITHIN);
        return settings.build();
    }

    private static RevisionsSettings revisionSettings(GoogleAccess access) throws IOException {
        RevisionsSettings.Builder settings =
                access.reaching(
                        RevisionsSettings.newBuilder(),
                        RevisionsSettings.defaultGrpcTransportProviderBuilder());
        settings.listRevisionsSettings().setSimpleTimeoutNoRetriesDuration(ANSWERED_WITHIN);
        return settings.build();
    }

    @Override
    public Optional<ServiceSeen> get(ServiceKey service) {
        String tried = "read the service " + service;
        try {
            Service found =
                    services.getService(
                            GetServiceRequest.newBuilder().setName(name(service)).build());
            return Optional.of(CloudRunReading.of(found, revisions(service)));
        } catch (NotFoundException _) {
            return Optional.empty();
        } catch (ApiException e) {
            throw GoogleFailures.of(tried, e);
        } catch (IllegalArgumentException e) {
            LOG.errorf("alert=unreadable service=%s %s", service, e.getMessage());
            throw new GatewayException(
                    FailureKind.REFUSED,
                    tried,
                    "its slipway.dev annotations do not parse, so it is left as it is: "
                            + e.getMessage(),
                    e);
        }
    }

    private List<Revision> revisions(ServiceKey service) {
        ListRevisionsRequest request =
                ListRevisionsRequest.newBuilder()
                        .setParent(name(service))
                        .setPageSize(MOST_REVISIONS)
                        .build();
        return StreamSupport.stream(
                        revisions.listRevisions(request).iterateAll().spliterator(), false)
                .limit(MOST_REVISIONS)
                .toList();
    }

    @Override
    public void create(ServicePlan plan, Map<String, String> annotations) {
        CreateServiceRequest request =
                CreateServiceRequest.newBuilder()
                        .setParent(location(plan.service()))
                        .setServiceId(plan.service().service().value())
                        .setService(
                                CloudRunWriting.service(plan, annotations)
                                        .setClient(CLIENT)
                                        .setClientVersion(version))
                        .build();
        asking(
                "create the service " + plan.service(),
                () -> services.createServiceCallable().call(request));
    }

    @Override
    public void deploy(ServicePlan plan, String etag, Map<String, String> annotations) {
        Service service =
                CloudRunWriting.service(plan, annotations)
                        .setName(name(plan.service()))
                        .setEtag(etag)
                        .setClient(CLIENT)
                        .setClientVersion(version)
                        .build();
        update("deploy " + plan.revision() + " to " + plan.service(), service, DEPLOYED);
    }

    @Override
    public void route(
            ServiceKey service,
            String etag,
            Map<String, String> annotations,
            String revision,
            Optional<Access> access) {
        Service.Builder routed =
                Service.newBuilder()
                        .setName(name(service))
                        .setEtag(etag)
                        .putAllAnnotations(annotations)
                        .addTraffic(CloudRunWriting.allTo(revision));
        access.map(CloudRunWriting::isPublic).ifPresent(routed::setInvokerIamDisabled);
        update(
                "give the traffic of " + service + " to " + revision,
                routed.build(),
                access.isPresent() ? ROUTED_WITH_ACCESS : ROUTED);
    }

    @Override
    public void mark(ServiceKey service, String etag, Map<String, String> annotations) {
        Service marked =
                Service.newBuilder()
                        .setName(name(service))
                        .setEtag(etag)
                        .putAllAnnotations(annotations)
                        .build();
        update("mark " + service, marked, MARKED);
    }

    private void update(String tried, Service service, List<String> fields) {
        UpdateServiceRequest request =
                UpdateServiceRequest.newBuilder()
                        .setService(service)
                        .setUpdateMask(FieldMask.newBuilder().addAllPaths(fields))
                        .build();
        asking(tried, () -> services.updateServiceCallable().call(request));
    }

    @Override
    public void delete(ServiceKey service, String etag) {
        DeleteServiceRequest request =
                DeleteServiceRequest.newBuilder().setName(name(service)).setEtag(etag).build();
        try {
            asking(
                    "delete the service " + service,
                    () -> services.deleteServiceCallable().call(request));
        } catch (GatewayException e) {
            if (e.kind() != FailureKind.NOT_FOUND) {
                throw e;
            }
            LOG.debugf("service=%s needs no deleting: %s", service, e.sentence());
        }
    }

    private String location(ServiceKey service) {
        return "projects/" + project + "/locations/" + service.region();
    }

    private String name(ServiceKey service) {
        return location(service) + "/services/" + service.service();
    }

    private static <T> T asking(String tried, Supplier<T> ask) {
        try {
            return ask.get();
        } catch (ApiException e) {
            throw GoogleFailures.of(tried, e);
        }
    }

    @PreDestroy
    void close() {
        services.close();
        revisions.close();
    }
}
