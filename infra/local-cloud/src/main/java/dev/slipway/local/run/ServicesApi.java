package dev.slipway.local.run;

import com.google.cloud.run.v2.CreateServiceRequest;
import com.google.cloud.run.v2.DeleteServiceRequest;
import com.google.cloud.run.v2.GetServiceRequest;
import com.google.cloud.run.v2.ListServicesRequest;
import com.google.cloud.run.v2.ListServicesResponse;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.ServicesGrpc;
import com.google.cloud.run.v2.UpdateServiceRequest;
import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.iam.v1.TestIamPermissionsResponse;
import com.google.longrunning.Operation;
import com.google.protobuf.ByteString;
import dev.slipway.local.Callers;
import io.grpc.stub.StreamObserver;

/** {@code google.cloud.run.v2.Services}. */
final class ServicesApi extends ServicesGrpc.ServicesImplBase {
    private final Places places;
    private final Stored stored;
    private final Writes writes;
    private final Locks locks;
    private final Access access;
    private final Callers callers;

    ServicesApi(
            Places places,
            Stored stored,
            Writes writes,
            Locks locks,
            Access access,
            Callers callers) {
        this.places = places;
        this.stored = stored;
        this.writes = writes;
        this.locks = locks;
        this.access = access;
        this.callers = callers;
    }

    @Override
    public void createService(CreateServiceRequest request, StreamObserver<Operation> answer) {
        require("run.services.create");
        String parent = places.servicesOf(request.getParent());
        ServiceName name = places.service("parent", parent + orDash(request.getServiceId()));
        ServiceRules.checkId(request.getServiceId());
        answer(
                writes.create(name, request.getService(), caller(), request.getValidateOnly()),
                answer);
    }

    private static String orDash(String id) {
        return id.isEmpty() || id.contains("/") ? "-" : id;
    }

    @Override
    public void getService(GetServiceRequest request, StreamObserver<Service> answer) {
        require("run.services.get");
        answer(found(places.service("name", request.getName())), answer);
    }

    @Override
    public void listServices(
            ListServicesRequest request, StreamObserver<ListServicesResponse> answer) {
        require("run.services.list");
        Page<Service> page =
                Page.of(
                        stored.services(places.servicesOf(request.getParent())),
                        request.getPageSize(),
                        request.getPageToken(),
                        Service::getCreateTime,
                        Service::getName);
        answer(
                ListServicesResponse.newBuilder()
                        .addAllServices(page.items())
                        .setNextPageToken(page.next())
                        .build(),
                answer);
    }

    @Override
    public void updateService(UpdateServiceRequest request, StreamObserver<Operation> answer) {
        require("run.services.update");
        ServiceName name = places.service("service.name", request.getService().getName());
        if (request.getAllowMissing() && stored.service(name).isEmpty()) {
            require("run.services.create");
        }
        answer(writes.update(name, request, caller()), answer);
    }

    @Override
    public void deleteService(DeleteServiceRequest request, StreamObserver<Operation> answer) {
        require("run.services.delete");
        ServiceName name = places.service("name", request.getName());
        answer(writes.delete(name, request.getEtag(), request.getValidateOnly()), answer);
    }

    @Override
    public void getIamPolicy(GetIamPolicyRequest request, StreamObserver<Policy> answer) {
        require("run.services.getIamPolicy");
        ServiceName name = places.service("resource", request.getResource());
        found(name);
        answer(stored.policy(name), answer);
    }

    @Override
    public void setIamPolicy(SetIamPolicyRequest request, StreamObserver<Policy> answer) {
        require("run.services.setIamPolicy");
        ServiceName name = places.service("resource", request.getResource());
        Policy asked = request.getPolicy();
        Policy next = asked.toBuilder().setEtag(ByteString.copyFromUtf8(Stored.etag())).build();
        locks.hold(
                name,
                () -> {
                    found(name);
                    ByteString current = stored.policy(name).getEtag();
                    if (!asked.getEtag().isEmpty() && !asked.getEtag().equals(current)) {
                        throw Refused.stale(
                                name.id(), asked.getEtag().toStringUtf8(), current.toStringUtf8());
                    }
                    stored.putPolicy(name, next);
                });
        answer(next, answer);
    }

    @Override
    public void testIamPermissions(
            TestIamPermissionsRequest request, StreamObserver<TestIamPermissionsResponse> answer) {
        places.service("resource", request.getResource());
        answer(
                TestIamPermissionsResponse.newBuilder()
                        .addAllPermissions(
                                callers.granted(
                                        Callers.current(), "project", request.getPermissionsList()))
                        .build(),
                answer);
    }

    private Service found(ServiceName name) {
        return stored.service(name).orElseThrow(() -> Refused.noService(name));
    }

    private void require(String permission) {
        callers.require(permission, "project", "");
    }

    private String caller() {
        return access.email(Callers.current());
    }

    private static <T> void answer(T message, StreamObserver<T> answer) {
        answer.onNext(message);
        answer.onCompleted();
    }
}
