package dev.slipway.local.pubsub;

import com.google.iam.v1.IAMPolicyGrpc;
import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.iam.v1.TestIamPermissionsResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;

/**
 * {@code google.iam.v1.IAMPolicy} for topics and subscriptions: what the topology grants can be
 * asked for, not changed.
 */
final class PermissionCalls extends IAMPolicyGrpc.IAMPolicyImplBase {
    private final Bus bus;
    private final Access access;

    PermissionCalls(Bus bus, Access access) {
        this.bus = bus;
        this.access = access;
    }

    /** Everybody may ask; NOT_FOUND where the resource does not exist. */
    @Override
    public void testIamPermissions(
            TestIamPermissionsRequest request, StreamObserver<TestIamPermissionsResponse> answer) {
        answer.onNext(
                TestIamPermissionsResponse.newBuilder()
                        .addAllPermissions(
                                held(request.getResource(), request.getPermissionsList()))
                        .build());
        answer.onCompleted();
    }

    private List<String> held(String resource, List<String> permissions) {
        String[] parts = resource.split("/", -1);
        String kind = parts.length == 4 && parts[0].equals("projects") ? parts[2] : "";
        return switch (kind) {
            case "topics" -> access.heldOnTopic(bus.topics().get(resource).getName(), permissions);
            case "subscriptions" ->
                    access.heldOnSubscription(
                            bus.subscriptions().get(resource).getName(), permissions);
            default -> throw Refusal.unimplemented("permissions of " + resource);
        };
    }
}
