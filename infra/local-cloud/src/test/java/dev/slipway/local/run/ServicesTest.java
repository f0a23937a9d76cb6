package dev.slipway.local.run;

import static dev.slipway.local.run.RunningRun.PARENT;
import static dev.slipway.local.run.RunningRun.name;
import static dev.slipway.local.run.RunningRun.template;
import static dev.slipway.local.run.RunningRun.to;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.api.gax.rpc.AbortedException;
import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.FailedPreconditionException;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.api.gax.rpc.StatusCode.Code;
import com.google.api.gax.rpc.UnimplementedException;
import com.google.cloud.run.v2.Condition.RevisionReason;
import com.google.cloud.run.v2.Condition.State;
import com.google.cloud.run.v2.CreateServiceRequest;
import com.google.cloud.run.v2.DeleteServiceRequest;
import com.google.cloud.run.v2.ListRevisionsRequest;
import com.google.cloud.run.v2.ListServicesRequest;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTargetStatus;
import com.google.cloud.run.v2.UpdateServiceRequest;
import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import com.google.protobuf.FieldMask;
import dev.slipway.contracts.Json;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.StreamSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the deploy-worker relies on, through Google's own clients. */
@SuppressWarnings("NullAway.Init") // set before each test
class ServicesTest {
    private static final String EXITS = "console.log('no luck today'); process.exit(7);";

    @TempDir private Path home;
    private TestImages images;
    private RunningRun run;

    @BeforeEach
    void start() throws Exception {
        images = new TestImages(home.resolve("images"));
        run = new RunningRun(home, images, RunningRun.STARTUP, RunningRun.IDLE);
    }

    @AfterEach
    void stop() {
        run.close();
    }

    private Service hello() throws Exception {
        return run.create(
                "hello",
                Service.newBuilder()
                        .setTemplate(template("hello-1", images.server(), Map.of("TEXT", "one")))
                        .addTraffic(to("hello-1", 100))
                        .build());
    }

    private static Service next(Service hello, String revision, String image, String text) {
        return hello.toBuilder()
                .setTemplate(template(revision, image, Map.of("TEXT", text)))
                .clearTraffic()
                .addTraffic(to(revision, 100))
                .build();
    }

    private static State state(Service service, String type) {
        return service.getConditionsList().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst()
                .orElseThrow()
                .getState();
    }

    @Test
    void aNewServiceAnswersOnceItsRevisionIsReady() throws Exception {
        Service service = run.create("hello", RunningRun.of(images.server(), Map.of("TEXT", "hi")));
        assertThat(run.call(service, "/a?b=c").path("text").asText()).isEqualTo("hi");
        assertThat(service.getTerminalCondition().getState()).isEqualTo(State.CONDITION_SUCCEEDED);
        assertThat(service.getReconciling()).isFalse();
        assertThat(service.getGeneration()).isEqualTo(1);
        assertThat(service.getObservedGeneration()).isEqualTo(1);
        assertThat(service.getLatestReadyRevision()).isEqualTo(service.getLatestCreatedRevision());
        assertThat(service.getLatestReadyRevision())
                .matches(name("hello") + "/revisions/hello-00001-[a-z]{3}");
        assertThat(service.getUrlsList()).containsExactly(service.getUri());
        assertThat(service.getTrafficStatusesList())
                .extracting(TrafficTargetStatus::getPercent)
                .containsExactly(100);
        assertThat(service).isEqualTo(run.get("hello"));
    }

    @Test
    void trafficMovesByNameToANewRevision() throws Exception {
        Service service = run.update(next(hello(), "hello-2", images.server(), "two"));
        assertThat(run.call(service, "/").path("text").asText()).isEqualTo("two");
        assertThat(service.getTrafficStatuses(0).getRevision()).isEqualTo("hello-2");
        assertThat(service.getObservedGeneration()).isEqualTo(2);
        Service back =
                run.update(
                        service.toBuilder().clearTraffic().addTraffic(to("hello-1", 100)).build());
        assertThat(run.call(back, "/").path("text").asText()).isEqualTo("one");
        assertThat(back.getLatestCreatedRevision()).endsWith("/hello-2");
    }

    @Test
    void aFailedRevisionLeavesTheStatusOnWhatServed() throws Exception {
        Service failing = next(hello(), "hello-2", images.script(EXITS), "two");
        assertThatThrownBy(() -> run.update(failing))
                .hasCauseInstanceOf(FailedPreconditionException.class)
                .hasMessageContaining(
                        "Revision 'hello-2' is not ready and cannot serve traffic. The user-provided"
                                + " container failed to start and listen on the port defined provided by"
                                + " the PORT=8080 environment variable")
                .hasMessageContaining("no luck today");
        Service after = run.get("hello");
        assertThat(after.getTraffic(0).getRevision()).isEqualTo("hello-2");
        assertThat(after.getTrafficStatuses(0).getRevision()).isEqualTo("hello-1");
        assertThat(after.getTerminalCondition().getState()).isEqualTo(State.CONDITION_FAILED);
        assertThat(state(after, "RoutesReady")).isEqualTo(State.CONDITION_FAILED);
        assertThat(state(after, "ConfigurationsReady")).isEqualTo(State.CONDITION_FAILED);
        assertThat(after.getLatestReadyRevision()).endsWith("/hello-1");
        assertThat(after.getLatestCreatedRevision()).endsWith("/hello-2");
        assertThat(after.getReconciling()).isFalse();
        assertThat(after.getObservedGeneration()).isEqualTo(2);
        assertThat(run.call(after, "/").path("text").asText()).isEqualTo("one");
        Revision revision = run.revision("hello", "hello-2");
        assertThat(revision.getConditions(0).getType()).isEqualTo("Ready");
        assertThat(revision.getConditions(0).getRevisionReason())
                .isEqualTo(RevisionReason.HEALTH_CHECK_CONTAINER_ERROR);
        assertThat(run.send("GET", URI.create(revision.getLogUri()), "").body())
                .contains("no luck today");
    }

    @Test
    void aCandidateWithoutTrafficFailsWithoutTouchingTheRoutes() throws Exception {
        Service candidate =
                next(hello(), "hello-2", images.script(EXITS), "two").toBuilder()
                        .clearTraffic()
                        .addTraffic(to("hello-1", 100))
                        .build();
        assertThatThrownBy(() -> run.update(candidate))
                .hasCauseInstanceOf(FailedPreconditionException.class);
        Service after = run.get("hello");
        assertThat(state(after, "RoutesReady")).isEqualTo(State.CONDITION_SUCCEEDED);
        assertThat(state(after, "ConfigurationsReady")).isEqualTo(State.CONDITION_FAILED);
        Service closed =
                run.services
                        .updateServiceAsync(
                                after.toBuilder().putAnnotations("slipway.dev/closed", "x").build(),
                                FieldMask.newBuilder().addPaths("annotations").build())
                        .get();
        assertThat(closed.getAnnotationsMap()).containsEntry("slipway.dev/closed", "x");
        assertThat(closed.getObservedGeneration()).isEqualTo(closed.getGeneration());
    }

    @Test
    void whatIsObservedLagsUntilTheRevisionIsDecided() throws Exception {
        Path gate = home.resolve("gate");
        String waits =
                images.script(
                        "const fs = require('fs'); setInterval(() => { if (fs.existsSync('%s'))"
                                        .formatted(gate)
                                + " require('http').createServer((q, r) => r.end('{\"text\":\"late\"}'))"
                                + ".listen(process.env.PORT).on('error', () => {}); }, 20);");
        Service asked = next(hello(), "hello-2", waits, "two");
        var operation = run.services.updateServiceAsync(asked);
        await().until(() -> run.get("hello").getGeneration() == 2);
        Service meanwhile = run.get("hello");
        assertThat(meanwhile.getObservedGeneration()).isEqualTo(1);
        assertThat(meanwhile.getReconciling()).isTrue();
        assertThat(meanwhile.getTerminalCondition().getState())
                .isEqualTo(State.CONDITION_RECONCILING);
        assertThat(meanwhile.getTraffic(0).getRevision()).isEqualTo("hello-2");
        assertThat(meanwhile.getTrafficStatuses(0).getRevision()).isEqualTo("hello-1");
        assertThat(run.call(meanwhile, "/").path("text").asText()).isEqualTo("one");
        Files.createFile(gate);
        assertThat(operation.get().getObservedGeneration()).isEqualTo(2);
        assertThat(run.call(run.get("hello"), "/").path("text").asText()).isEqualTo("late");
    }

    @Test
    void aStaleEtagIsRefusedAndEveryStoredChangeMakesANewOne() throws Exception {
        Service service = hello();
        Service described = run.update(service.toBuilder().setDescription("first").build());
        assertThat(described.getEtag()).isNotEqualTo(service.getEtag());
        assertThatThrownBy(() -> run.update(service.toBuilder().setDescription("late").build()))
                .hasCauseInstanceOf(AbortedException.class)
                .hasMessageContaining(described.getEtag());
        assertThatThrownBy(() -> delete(service.getEtag()))
                .hasCauseInstanceOf(AbortedException.class);
        assertThat(run.get("hello").getDescription()).isEqualTo("first");
        assertThat(run.update(described.toBuilder().setDescription("first").build()).getEtag())
                .isEqualTo(described.getEtag());
    }

    @Test
    void aServiceThatIsMadeAgainHasTheUrlThatItHad() throws Exception {
        Service before = hello();
        delete(before.getEtag());
        Service other = run.create("other", RunningRun.of(images.server(), Map.of()));
        assertThat(other.getUri()).isNotEqualTo(before.getUri());
        assertThat(hello().getUri()).isEqualTo(before.getUri());
    }

    private Service delete(String etag) throws Exception {
        return run.services
                .deleteServiceAsync(
                        DeleteServiceRequest.newBuilder()
                                .setName(name("hello"))
                                .setEtag(etag)
                                .build())
                .get();
    }

    @Test
    void aMaskWithoutTheTemplateMakesNoRevision() throws Exception {
        Service service = hello();
        Service asked =
                Service.newBuilder()
                        .setName(service.getName())
                        .putAnnotations("slipway.dev/order", "7")
                        .setTemplate(template("hello-9", images.script(EXITS), Map.of()))
                        .setEtag(service.getEtag())
                        .build();
        FieldMask mask = FieldMask.newBuilder().addPaths("annotations").build();
        Service after = run.services.updateServiceAsync(asked, mask).get();
        assertThat(after.getAnnotationsMap()).containsEntry("slipway.dev/order", "7");
        assertThat(after.getTemplate()).isEqualTo(service.getTemplate());
        assertThat(revisionsOf("hello")).hasSize(1);
        assertThat(after.getGeneration()).isEqualTo(2);
        assertThatThrownBy(
                        () ->
                                run.services
                                        .updateServiceAsync(
                                                asked.toBuilder().clearEtag().build(),
                                                FieldMask.newBuilder().addPaths("tmplate").build())
                                        .get())
                .hasCauseInstanceOf(InvalidArgumentException.class);
    }

    private List<Revision> revisionsOf(String id) {
        return StreamSupport.stream(
                        run.revisions.listRevisions(name(id)).iterateAll().spliterator(), false)
                .toList();
    }

    @Test
    void aRevisionsNameIsForOneConfiguration() throws Exception {
        Service service = hello();
        assertThatThrownBy(() -> run.update(next(service, "hello-1", images.server(), "other")))
                .hasCauseInstanceOf(AlreadyExistsException.class)
                .hasMessageContaining(
                        "Revision named 'hello-1' with different configuration already exists.");
        Service second = run.update(next(service, "hello-2", images.server(), "two"));
        Service again = run.update(next(second, "hello-1", images.server(), "one"));
        assertThat(again.getLatestCreatedRevision()).endsWith("/hello-1");
        assertThat(revisionsOf("hello")).hasSize(2);
        assertThatThrownBy(() -> run.update(next(again, "other-1", images.server(), "two")))
                .hasCauseInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void trafficToARevisionThatDoesNotExistEndsTheOperationWithAnError() throws Exception {
        Service lost = hello().toBuilder().clearTraffic().addTraffic(to("hello-8", 100)).build();
        assertThatThrownBy(() -> run.update(lost))
                .hasMessageContaining("Revision 'hello-8' does not exist or is deleted.")
                .cause()
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> assertThat(e.getStatusCode().getCode()).isEqualTo(Code.INTERNAL));
        assertThat(run.get("hello").getTrafficStatuses(0).getRevision()).isEqualTo("hello-1");
    }

    @Test
    void aServiceThatExistsIsNotCreatedAgain() throws Exception {
        hello();
        assertThatThrownBy(this::hello).hasCauseInstanceOf(AlreadyExistsException.class);
        refused(() -> run.create("Hello", RunningRun.of(images.server(), Map.of())));
        refused(() -> run.create("a".repeat(50), RunningRun.of(images.server(), Map.of())));
        assertThatThrownBy(() -> run.get("nobody")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(
                        () ->
                                run.update(
                                        next(
                                                Service.newBuilder()
                                                        .setName(name("nobody"))
                                                        .build(),
                                                "nobody-1",
                                                images.server(),
                                                "")))
                .hasCauseInstanceOf(NotFoundException.class);
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call).hasCauseInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void anUpdateMayCreateAndAValidationStoresNothing() throws Exception {
        Service wanted =
                RunningRun.of(images.server(), Map.of("TEXT", "new")).toBuilder()
                        .setName(name("hello"))
                        .build();
        CreateServiceRequest validation =
                CreateServiceRequest.newBuilder()
                        .setParent(PARENT)
                        .setServiceId("hello")
                        .setService(wanted)
                        .setValidateOnly(true)
                        .build();
        Service valid = run.services.createServiceAsync(validation).get();
        assertThat(valid.getTemplate().getMaxInstanceRequestConcurrency()).isEqualTo(80);
        assertThatThrownBy(() -> run.get("hello")).isInstanceOf(NotFoundException.class);
        UpdateServiceRequest upsert =
                UpdateServiceRequest.newBuilder().setService(wanted).setAllowMissing(true).build();
        Service made = run.services.updateServiceAsync(upsert).get();
        assertThat(run.call(made, "/").path("text").asText()).isEqualTo("new");
    }

    @Test
    void aDeletedServiceIsGoneWithAllThatItHad() throws Exception {
        Service service = hello();
        long pid = run.call(service, "/").path("pid").asLong();
        assertThat(delete(service.getEtag()).hasDeleteTime()).isTrue();
        assertThatThrownBy(() -> run.get("hello")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> run.revision("hello", "hello-1"))
                .isInstanceOf(NotFoundException.class);
        await().until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
        Service again =
                run.create("hello", RunningRun.of(images.server(), Map.of("TEXT", "again")));
        assertThat(again.getUid()).isNotEqualTo(service.getUid());
        assertThat(run.call(again, "/").path("text").asText()).isEqualTo("again");
    }

    @Test
    void onlyARetiredRevisionIsDeleted() throws Exception {
        Service second = run.update(next(hello(), "hello-2", images.server(), "two"));
        assertThatThrownBy(
                        () ->
                                run.revisions
                                        .deleteRevisionAsync(name("hello") + "/revisions/hello-2")
                                        .get())
                .hasCauseInstanceOf(FailedPreconditionException.class);
        run.revisions.deleteRevisionAsync(name("hello") + "/revisions/hello-1").get();
        assertThat(revisionsOf("hello"))
                .extracting(Revision::getName)
                .containsExactly(second.getLatestReadyRevision());
    }

    @Test
    void listsComeInPagesTheNewestFirst() throws Exception {
        String image = images.server();
        for (String id : List.of("a", "b", "c")) {
            run.create(id, RunningRun.of(image, Map.of()));
        }
        var services =
                run.services.listServices(
                        ListServicesRequest.newBuilder().setParent(PARENT).setPageSize(2).build());
        assertThat(services.getPage().getValues()).hasSize(2);
        assertThat(services.iterateAll())
                .extracting(Service::getName)
                .containsExactly(name("c"), name("b"), name("a"));
        var revisions =
                run.revisions.listRevisions(
                        ListRevisionsRequest.newBuilder()
                                .setParent(name("-"))
                                .setPageSize(1)
                                .build());
        assertThat(revisions.iterateAll())
                .extracting(Revision::getService)
                .containsExactly("c", "b", "a");
    }

    @Test
    void aPolicyIsKeptUnderItsOwnEtag() throws Exception {
        hello();
        Policy policy =
                Policy.newBuilder()
                        .addBindings(
                                Binding.newBuilder()
                                        .setRole("roles/run.invoker")
                                        .addMembers("allUsers"))
                        .build();
        SetIamPolicyRequest.Builder request =
                SetIamPolicyRequest.newBuilder().setResource(name("hello"));
        Policy kept = run.services.setIamPolicy(request.setPolicy(policy).build());
        assertThat(kept.getBindingsList()).isEqualTo(policy.getBindingsList());
        run.services.setIamPolicy(request.setPolicy(kept).build());
        assertThatThrownBy(() -> run.services.setIamPolicy(request.setPolicy(kept).build()))
                .isInstanceOf(AbortedException.class);
    }

    @Test
    void aContainerThatNeverListensFailsWhenItsTimeIsOver() throws Exception {
        String silent = images.script("console.log('thinking'); setInterval(() => {}, 1000);");
        Service service = RunningRun.of(silent, Map.of());
        var template = service.getTemplate().toBuilder();
        template.getContainersBuilder(0)
                .getStartupProbeBuilder()
                .setPeriodSeconds(1)
                .setTimeoutSeconds(1)
                .setFailureThreshold(1)
                .getTcpSocketBuilder();
        assertThatThrownBy(
                        () ->
                                run.create(
                                        "hello", service.toBuilder().setTemplate(template).build()))
                .hasCauseInstanceOf(FailedPreconditionException.class)
                .hasMessageContaining("within the allocated timeout")
                .hasMessageContaining("thinking");
        Service after = run.get("hello");
        assertThat(after.getTrafficStatusesList()).isEmpty();
        assertThat(after.getUri()).isEmpty();
        assertThat(after.getLatestReadyRevision()).isEmpty();
    }

    @Test
    void anImageThatIsNotThereFailsTheRevision() throws Exception {
        String none = TestImages.REPOSITORY + "@sha256:" + "0".repeat(64);
        assertThatThrownBy(() -> run.create("hello", RunningRun.of(none, Map.of())))
                .hasCauseInstanceOf(NotFoundException.class)
                .hasMessageContaining("Image '" + none + "' not found.");
    }

    @Test
    void whatIsNotImitatedIsRefusedByName() throws Exception {
        Service service = RunningRun.of(images.server(), Map.of());
        var template = service.getTemplate().toBuilder();
        template.getVpcAccessBuilder().setConnector("c");
        assertThatThrownBy(
                        () ->
                                run.create(
                                        "hello", service.toBuilder().setTemplate(template).build()))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(UnimplementedException.class)
                .hasMessageContaining("service.template.vpc_access");
    }

    @Test
    void everythingAnswersOverRestToo() throws Exception {
        hello();
        String path = name("hello");
        assertThat(run.send("GET", run.rest(path), "").body())
                .contains("\"observedGeneration\":\"1\"");
        URI patch = run.rest(path + "?updateMask=description");
        String body =
                run.send(
                                "PATCH",
                                patch,
                                "{\"description\":\"by rest\"}",
                                "content-type",
                                "application/json")
                        .body();
        assertThat(body).contains("/operations/");
        String operation = Json.read(body.getBytes(UTF_8), JsonNode.class).path("name").asText();
        await().until(
                        () ->
                                run.send("GET", run.rest(operation), "")
                                        .body()
                                        .contains(
                                                "type.googleapis.com/google.cloud.run.v2.Service"));
        await().until(() -> run.get("hello").getDescription().equals("by rest"));
        assertThat(run.get("hello").getTemplate().getContainersCount()).isEqualTo(1);
        assertThat(run.send("GET", run.rest(name("nobody")), "").body()).contains("NOT_FOUND");
        assertThat(run.send("GET", run.rest(PARENT + "/jobs"), "").statusCode()).isEqualTo(501);
    }
}
