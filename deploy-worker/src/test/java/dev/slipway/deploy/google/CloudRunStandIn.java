package dev.slipway.deploy.google;

import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.CreateServiceRequest;
import com.google.cloud.run.v2.DeleteServiceRequest;
import com.google.cloud.run.v2.GetServiceRequest;
import com.google.cloud.run.v2.ListRevisionsRequest;
import com.google.cloud.run.v2.ListRevisionsResponse;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.TrafficTargetStatus;
import com.google.cloud.run.v2.UpdateServiceRequest;
import com.google.longrunning.Operation;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.FieldMaskUtil;
import com.google.protobuf.util.FieldMaskUtil.MergeOptions;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cloud Run's Services and Revisions in Google's shapes, as far as these tests go: the status
 * follows at the second read after a write, and images whose name begins with {@code failing} do
 * not start.
 */
final class CloudRunStandIn {
    private static final MergeOptions REPLACE =
            new MergeOptions()
                    .setReplaceMessageFields(true)
                    .setReplaceRepeatedFields(true)
                    .setReplacePrimitiveFields(true);

    private final Map<String, Service> services = new LinkedHashMap<>();
    private final Map<String, RevisionTemplate> templates = new LinkedHashMap<>();
    private final Map<String, Revision> revisions = new LinkedHashMap<>();
    final List<CreateServiceRequest> created = new ArrayList<>();
    final List<UpdateServiceRequest> updated = new ArrayList<>();
    private @Nullable Status refusal;
    private long etags;

    void serveOn(GrpcStandIn google) {
        google.serve(
                "google.cloud.run.v2.Services",
                new GrpcStandIn.Method<>(
                        "GetService",
                        GetServiceRequest.getDefaultInstance(),
                        Service.getDefaultInstance(),
                        this::get),
                new GrpcStandIn.Method<>(
                        "CreateService",
                        CreateServiceRequest.getDefaultInstance(),
                        Operation.getDefaultInstance(),
                        this::create),
                new GrpcStandIn.Method<>(
                        "UpdateService",
                        UpdateServiceRequest.getDefaultInstance(),
                        Operation.getDefaultInstance(),
                        this::update),
                new GrpcStandIn.Method<>(
                        "DeleteService",
                        DeleteServiceRequest.getDefaultInstance(),
                        Operation.getDefaultInstance(),
                        this::delete));
        google.serve(
                "google.cloud.run.v2.Revisions",
                new GrpcStandIn.Method<>(
                        "ListRevisions",
                        ListRevisionsRequest.getDefaultInstance(),
                        ListRevisionsResponse.getDefaultInstance(),
                        this::list));
    }

    /** Every call is refused in this way from now on. */
    void refuse(Status status) {
        refusal = status;
    }

    /** The service as somebody else left it. */
    void put(Service service) {
        services.put(service.getName(), service);
    }

    private void refuseIfTold() {
        if (refusal != null) {
            throw refusal.asRuntimeException();
        }
    }

    private Service find(String name) {
        refuseIfTold();
        return Optional.ofNullable(services.get(name))
                .orElseThrow(Status.NOT_FOUND::asRuntimeException);
    }

    private synchronized Service get(GetServiceRequest request) {
        Service seen = find(request.getName());
        if (seen.hasDeleteTime()) {
            services.remove(request.getName());
        } else if (seen.getReconciling()) {
            services.put(request.getName(), settled(seen));
        }
        return seen;
    }

    private synchronized Operation create(CreateServiceRequest request) {
        refuseIfTold();
        created.add(request);
        String name = request.getParent() + "/services/" + request.getServiceId();
        if (services.containsKey(name)) {
            throw Status.ALREADY_EXISTS.asRuntimeException();
        }
        accept(request.getService().toBuilder().setName(name));
        return Operation.getDefaultInstance();
    }

    private synchronized Operation update(UpdateServiceRequest request) {
        updated.add(request);
        Service before = find(request.getService().getName());
        requireEtag(before, request.getService().getEtag());
        Service.Builder next = before.toBuilder();
        FieldMaskUtil.merge(request.getUpdateMask(), request.getService(), next, REPLACE);
        accept(next);
        return Operation.getDefaultInstance();
    }

    private synchronized Operation delete(DeleteServiceRequest request) {
        Service before = find(request.getName());
        requireEtag(before, request.getEtag());
        services.put(
                request.getName(),
                before.toBuilder()
                        .setDeleteTime(Timestamp.newBuilder().setSeconds(1))
                        .setReconciling(true)
                        .build());
        return Operation.getDefaultInstance();
    }

    private static void requireEtag(Service service, String etag) {
        if (!service.getEtag().equals(etag)) {
            throw Status.ABORTED.asRuntimeException();
        }
    }

    private void accept(Service.Builder spec) {
        String revision = spec.getName() + "/revisions/" + spec.getTemplate().getRevision();
        RevisionTemplate standing = templates.putIfAbsent(revision, spec.getTemplate());
        if (standing != null && !standing.equals(spec.getTemplate())) {
            throw Status.ALREADY_EXISTS.asRuntimeException();
        }
        revisions.computeIfAbsent(
                revision,
                _ ->
                        Revision.newBuilder()
                                .setName(revision)
                                .putAllAnnotations(spec.getTemplate().getAnnotationsMap())
                                .build());
        services.put(
                spec.getName(),
                spec.setGeneration(spec.getGeneration() + 1)
                        .setReconciling(true)
                        .setEtag("\"" + ++etags + "\"")
                        .setLatestCreatedRevision(revision)
                        .setUri("https://" + spec.getName().hashCode() + ".run.app")
                        .build());
    }

    private Service settled(Service service) {
        templates.forEach(
                (name, template) ->
                        revisions.computeIfPresent(name, (_, kept) -> decided(kept, template)));
        Service.Builder next = service.toBuilder().setReconciling(false);
        boolean served =
                service.getTrafficList().stream()
                        .allMatch(target -> isReady(service, target.getRevision()));
        if (served) {
            next.clearTrafficStatuses();
            service.getTrafficList().forEach(target -> next.addTrafficStatuses(status(target)));
        }
        boolean ready = served && isReady(service, service.getTemplate().getRevision());
        if (ready) {
            next.setObservedGeneration(service.getGeneration());
        }
        return next.setTerminalCondition(condition("Ready", ready)).build();
    }

    private boolean isReady(Service service, String revision) {
        return Optional.ofNullable(revisions.get(service.getName() + "/revisions/" + revision))
                .filter(
                        kept ->
                                kept.getConditions(0).getState()
                                        == Condition.State.CONDITION_SUCCEEDED)
                .isPresent();
    }

    private static Revision decided(Revision revision, RevisionTemplate template) {
        boolean starts = !template.getContainers(0).getImage().startsWith("failing");
        Condition.Builder ready = condition("Ready", starts).toBuilder();
        if (!starts) {
            ready.setRevisionReason(Condition.RevisionReason.HEALTH_CHECK_CONTAINER_ERROR)
                    .setMessage("The user-provided container failed to start and listen.");
        }
        return revision.toBuilder().clearConditions().addConditions(ready).build();
    }

    private static Condition condition(String type, boolean succeeded) {
        return Condition.newBuilder()
                .setType(type)
                .setState(
                        succeeded
                                ? Condition.State.CONDITION_SUCCEEDED
                                : Condition.State.CONDITION_FAILED)
                .build();
    }

    private static TrafficTargetStatus status(TrafficTarget target) {
        return TrafficTargetStatus.newBuilder()
                .setType(target.getType())
                .setRevision(target.getRevision())
                .setPercent(target.getPercent())
                .build();
    }

    private synchronized ListRevisionsResponse list(ListRevisionsRequest request) {
        refuseIfTold();
        return ListRevisionsResponse.newBuilder()
                .addAllRevisions(
                        revisions.values().stream()
                                .filter(
                                        kept ->
                                                kept.getName()
                                                        .startsWith(request.getParent() + "/"))
                                .toList())
                .build();
    }
}
