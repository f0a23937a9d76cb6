package dev.slipway.deploy.google;

import com.google.cloud.run.v2.CreateServiceRequest;
import com.google.cloud.run.v2.GetServiceRequest;
import com.google.cloud.run.v2.ListRevisionsRequest;
import com.google.cloud.run.v2.ListRevisionsResponse;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.UpdateServiceRequest;
import com.google.longrunning.Operation;
import dev.slipway.kit.google.GrpcStandIn;
import io.grpc.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Notes what Cloud Run is asked, and knows the services that were created or put there; what Cloud
 * Run makes of them is for the local cloud to show.
 */
final class CloudRunStandIn {
    private final Map<String, Service> services = new ConcurrentHashMap<>();
    final List<CreateServiceRequest> created = new CopyOnWriteArrayList<>();
    final List<UpdateServiceRequest> updated = new CopyOnWriteArrayList<>();
    private volatile @Nullable Status refusal;

    void serveOn(GrpcStandIn google) {
        google.serve(
                "google.cloud.run.v2.Services",
                new GrpcStandIn.Method<>(
                        "GetService",
                        GetServiceRequest.getDefaultInstance(),
                        Service.getDefaultInstance(),
                        request -> find(request.getName())),
                new GrpcStandIn.Method<>(
                        "CreateService",
                        CreateServiceRequest.getDefaultInstance(),
                        Operation.getDefaultInstance(),
                        this::create),
                new GrpcStandIn.Method<>(
                        "UpdateService",
                        UpdateServiceRequest.getDefaultInstance(),
                        Operation.getDefaultInstance(),
                        this::update));
        google.serve(
                "google.cloud.run.v2.Revisions",
                new GrpcStandIn.Method<>(
                        "ListRevisions",
                        ListRevisionsRequest.getDefaultInstance(),
                        ListRevisionsResponse.getDefaultInstance(),
                        _ -> ListRevisionsResponse.getDefaultInstance()));
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
        Status told = refusal;
        if (told != null) {
            throw told.asRuntimeException();
        }
    }

    private Service find(String name) {
        refuseIfTold();
        return Optional.ofNullable(services.get(name))
                .orElseThrow(Status.NOT_FOUND::asRuntimeException);
    }

    private Operation create(CreateServiceRequest request) {
        refuseIfTold();
        created.add(request);
        String name = request.getParent() + "/services/" + request.getServiceId();
        put(request.getService().toBuilder().setName(name).setEtag("\"1\"").build());
        return Operation.getDefaultInstance();
    }

    private Operation update(UpdateServiceRequest request) {
        refuseIfTold();
        updated.add(request);
        return Operation.getDefaultInstance();
    }
}
