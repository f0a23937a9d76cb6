package dev.slipway.kit.google;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.iam.v1.TestIamPermissionsResponse;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.contracts.Topology;
import dev.slipway.kit.GivenConfig;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Google's clients, against a platform that says what an identity may. */
@SuppressWarnings("NullAway.Init") // set before each test
class GrantCheckTest {
    private static final Pattern BUCKET = Pattern.compile("/storage/v1/b/([^/]+)/iam/.*");

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private Set<String> absent = Set.of();
    private Set<String> denied = Set.of();
    private boolean unimplemented;
    private GrpcStandIn google;
    private HttpServer http;
    private GrantCheck check;

    @BeforeEach
    void serve() throws IOException {
        google = new GrpcStandIn();
        google.serve(
                "google.iam.v1.IAMPolicy",
                new GrpcStandIn.Method<>(
                        "TestIamPermissions",
                        TestIamPermissionsRequest.getDefaultInstance(),
                        TestIamPermissionsResponse.getDefaultInstance(),
                        this::test));
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/storage/", this::bucket);
        http.start();
        GivenConfig config = GivenConfig.of("build").at(google.endpoint());
        check =
                new GrantCheck(
                        new GoogleAccess(config), config, Topology.of("p", "inst"), storage());
    }

    private Storage storage() {
        return StorageOptions.newBuilder()
                .setProjectId("p")
                .setHost("http://127.0.0.1:" + http.getAddress().getPort())
                .setCredentials(NoCredentials.getInstance())
                .build()
                .getService();
    }

    @AfterEach
    void stop() {
        google.close();
        http.stop(0);
    }

    private TestIamPermissionsResponse test(TestIamPermissionsRequest request) {
        String name = request.getResource().substring(request.getResource().lastIndexOf('/') + 1);
        asked.add(request.getResource());
        if (unimplemented) {
            throw Status.UNIMPLEMENTED.asRuntimeException();
        }
        if (absent.contains(name)) {
            throw Status.NOT_FOUND.asRuntimeException();
        }
        return TestIamPermissionsResponse.newBuilder()
                .addAllPermissions(held(request.getPermissionsList()))
                .build();
    }

    private List<String> held(List<String> permissions) {
        return permissions.stream().filter(permission -> !denied.contains(permission)).toList();
    }

    private void bucket(HttpExchange exchange) throws IOException {
        Matcher path = BUCKET.matcher(exchange.getRequestURI().getPath());
        String name = path.matches() ? path.group(1) : "";
        asked.add(name);
        List<String> permissions =
                Pattern.compile("permissions=([^&]+)")
                        .matcher(exchange.getRequestURI().getQuery())
                        .results()
                        .map(found -> found.group(1))
                        .toList();
        String body =
                held(permissions).stream()
                        .map(permission -> "\"" + permission + "\"")
                        .collect(Collectors.joining(",", "{\"permissions\":[", "]}"));
        byte[] answer = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(absent.contains(name) ? 404 : 200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Test
    void nothingLacksWhereAllGrantsAreHeld() {
        assertThat(check.lacking()).isEmpty();
        assertThat(asked)
                .containsExactlyInAnyOrder(
                        "p-inst-drop",
                        "p-inst-ledger",
                        "projects/p/subscriptions/inst-build-worker-source-stored",
                        "projects/p/subscriptions/inst-build-worker-build-finished",
                        "projects/p/subscriptions/inst-build-worker-service-requested",
                        "projects/p/topics/inst-build-worker-source-stored-dead",
                        "projects/p/topics/inst-build-worker-build-finished-dead",
                        "projects/p/topics/inst-build-worker-service-requested-dead",
                        "projects/p/topics/inst-image-pushed",
                        "projects/p/topics/inst-deployment-finished");
    }

    @Test
    void namesWhatIsNotThere() {
        absent = Set.of("inst-image-pushed", "p-inst-ledger");

        assertThat(check.lacking())
                .hasSize(2)
                .anyMatch(lack -> lack.startsWith("the bucket p-inst-ledger: 404"))
                .contains("the topic inst-image-pushed: NOT_FOUND");
    }

    @Test
    void nothingLacksOfWhatAnEmulatorDoesNotKnow() {
        unimplemented = true;
        denied = Set.of("storage.objects.delete");

        assertThat(check.lacking())
                .containsExactly(
                        "no permission storage.objects.delete on the bucket p-inst-ledger");
    }

    @Test
    void namesThePermissionThatIsNotHeld() {
        denied = Set.of("pubsub.subscriptions.consume", "storage.objects.delete");

        assertThat(check.lacking())
                .containsExactlyInAnyOrder(
                        "no permission storage.objects.delete on the bucket p-inst-ledger",
                        "no permission pubsub.subscriptions.consume on the subscription"
                                + " inst-build-worker-source-stored",
                        "no permission pubsub.subscriptions.consume on the subscription"
                                + " inst-build-worker-build-finished",
                        "no permission pubsub.subscriptions.consume on the subscription"
                                + " inst-build-worker-service-requested");
    }

    @Test
    void aPlatformThatIsNotThereIsNamedForAllThatIsNeeded() {
        google.close();
        http.stop(0);

        assertThat(check.lacking())
                .hasSize(10)
                .anyMatch(lack -> lack.startsWith("the bucket p-inst-ledger: "))
                .contains("the topic inst-image-pushed: UNAVAILABLE");
    }
}
