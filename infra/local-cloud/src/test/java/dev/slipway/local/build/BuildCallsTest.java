package dev.slipway.local.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.api.gax.rpc.PermissionDeniedException;
import com.google.api.gax.rpc.UnimplementedException;
import com.google.cloud.devtools.cloudbuild.v1.CloudBuildClient.ListBuildsPage;
import com.google.cloud.run.v2.BuildsClient;
import com.google.cloud.run.v2.StorageSource;
import com.google.cloud.run.v2.SubmitBuildRequest;
import com.google.cloud.run.v2.SubmitBuildRequest.DockerBuild;
import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.Build.FailureInfo.FailureType;
import com.google.cloudbuild.v1.Build.Status;
import com.google.cloudbuild.v1.GetBuildRequest;
import com.google.cloudbuild.v1.ListBuildsRequest;
import com.google.longrunning.Operation;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import dev.slipway.local.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the calls accept, refuse and answer; no program runs, for there is none on the path. */
class BuildCallsTest {
    private static final Map<String, String> SOURCE = Map.of("index.js", "", "package.json", "{}");
    private static final String ACCOUNT =
            "projects/local-project/serviceAccounts/%s@local-project.iam.gserviceaccount.com";

    @TempDir static Path home;

    private static RunningBuilds cloud;

    @BeforeAll
    static void start() throws Exception {
        Files.createDirectories(home.resolve("tokens"));
        Files.writeString(home.resolve("tokens/upload"), "token-of-upload");
        Files.writeString(home.resolve("tokens/build"), "token-of-build");
        cloud =
                new RunningBuilds(
                        Settings.defaults(home),
                        new KeptObjects(),
                        Map.of("PATH", home.resolve("nothing").toString()),
                        TimeLimits.DEFAULT);
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void saysWhatToInstallWhereNodeIsMissing() {
        Build build = cloud.built(cloud.submit(SOURCE));
        assertThat(build.getStatus()).isEqualTo(Status.FAILURE);
        assertThat(build.getFailureInfo().getType()).isEqualTo(FailureType.USER_BUILD_STEP);
        assertThat(build.getFailureInfo().getDetail())
                .contains("node is not on this machine's PATH", "install Node.js");
    }

    @Test
    void saysWhatWasLookedForWhereTheSourceIsNoFunction() {
        Build build = cloud.built(cloud.submit(Map.of("main.py", "")));
        assertThat(build.getFailureInfo().getDetail())
                .contains("no pom.xml or *.jar (java) or package.json or *.js (nodejs)")
                .contains("builds java and nodejs only", "It has: main.py");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "python311",
                "google-22-full/go123",
                "europe-west1-docker.pkg.dev/serverless-runtimes/google-22/runtimes/ruby33"
            })
    void refusesOtherLanguages(String baseImage) {
        Build build =
                failed(
                        request -> request.getBuildpackBuildBuilder().setBaseImage(baseImage),
                        SOURCE);
        assertThat(build.getFailureInfo().getDetail()).contains("builds java and nodejs only");
    }

    @Test
    void refusesWhatIsNotBuiltYet() {
        assertThat(failed(_ -> {}, Map.of("package.json", "{}", "yarn.lock", "")).getStatusDetail())
                .contains("Not supported yet: yarn.lock");
        assertThat(failed(_ -> {}, Map.of("build.gradle.kts", "")).getStatusDetail())
                .contains("Not supported yet: build.gradle.kts", "Add a pom.xml");
    }

    @Test
    void saysWhatIsMissingForJava() {
        assertThat(failed(_ -> {}, Map.of("pom.xml", "<project/>")).getStatusDetail())
                .contains("mvn is not on this machine's PATH");
        assertThat(failed(_ -> {}, Map.of("Hello.java", "")).getStatusDetail())
                .contains("neither a pom.xml nor a jar");
        assertThat(failed(_ -> {}, Map.of("a.jar", "", "b.jar", "")).getStatusDetail())
                .contains("more than one jar at its root");
    }

    @Test
    void buildsTheLanguageThatWasAskedForWhereThereAreTwo() throws Exception {
        Map<String, String> both = Map.of("package.json", "{}", "index.js", "", "pom.xml", "");
        Build detected = failed(_ -> {}, both);
        assertThat(detected.getStatusDetail()).contains("mvn is not");
        assertThat(cloud.log(detected)).contains("Found pom.xml and package.json: built as java");
        Build asked =
                failed(
                        request -> request.getBuildpackBuildBuilder().setBaseImage("nodejs22"),
                        both);
        assertThat(asked.getStatusDetail()).contains("node is not");
    }

    @Test
    void refusesASignatureThatNoFrameworkKnows() {
        Build build =
                failed(
                        request ->
                                request.getBuildpackBuildBuilder()
                                        .putEnvironmentVariables(
                                                "GOOGLE_FUNCTION_SIGNATURE_TYPE", "grpc"),
                        SOURCE);
        assertThat(build.getStatusDetail()).contains("http, cloudevent, event or typed, not grpc");
    }

    @Test
    void refusesAProcfileWithoutAWebProcess() {
        Build build = failed(_ -> {}, Map.of("a.jar", "", "Procfile", "worker: java -jar a.jar\n"));
        assertThat(build.getStatusDetail()).contains("no process web (it has worker)");
    }

    @Test
    void failsWhereThatGenerationIsNotThere() {
        Build build = cloud.built(cloud.submit(RunningBuilds.request(4711)));
        assertThat(build.getStatus()).isEqualTo(Status.FAILURE);
        assertThat(build.getFailureInfo().getType()).isEqualTo(FailureType.FETCH_SOURCE_FAILED);
        assertThat(build.getFailureInfo().getDetail())
                .contains("gs://staging/services/hello/one.tar.gz#4711 is not there");
    }

    @Test
    void unpacksNothingOutside() {
        Build build = cloud.built(cloud.submit(Map.of("../../escaped.js", "")));
        assertThat(build.getFailureInfo().getType()).isEqualTo(FailureType.FETCH_SOURCE_FAILED);
        assertThat(build.getFailureInfo().getDetail()).contains("../../escaped.js is not allowed");
        assertThat(home.resolve("cloud/cloudbuild/work/escaped.js")).doesNotExist();
    }

    @Test
    void refusesWhatIsNoArchive() {
        Build build =
                cloud.built(
                        cloud.submit(RunningBuilds.request(cloud.objects.keep(new byte[] {1, 2}))));
        assertThat(build.getFailureInfo().getType()).isEqualTo(FailureType.FETCH_SOURCE_FAILED);
    }

    private static Build failed(
            Consumer<SubmitBuildRequest.Builder> change, Map<String, String> files) {
        SubmitBuildRequest.Builder request = RunningBuilds.request(cloud.objects.keep(files));
        change.accept(request);
        Build build = cloud.built(cloud.submit(request));
        assertThat(build.getStatus()).isEqualTo(Status.FAILURE);
        return build;
    }

    @Test
    void namesTheFieldThatIsWrong() {
        refused(
                "storage_source.bucket",
                request -> request.setStorageSource(StorageSource.newBuilder().setObject("o")));
        refused(
                "storage_source.object",
                request -> request.setStorageSource(StorageSource.newBuilder().setBucket("b")));
        refused("storage_source", SubmitBuildRequest.Builder::clearStorageSource);
        refused("image_uri", request -> request.setImageUri("docker.io/library/hello"));
        refused(
                "image_uri",
                request -> request.setImageUri(RunningBuilds.IMAGE + "@sha256:" + "0".repeat(64)));
        refused("build_type", SubmitBuildRequest.Builder::clearBuildpackBuild);
        refused("service_account", request -> request.setServiceAccount("me"));
        refused("worker_pool", request -> request.setWorkerPool("mine"));
        refused("machine_type", request -> request.setMachineType("E2_HIGHCPU_32"));
        refused("tags", request -> request.addTags("not a tag"));
        refused("parent", request -> request.setParent("europe-west1"));
        refused("parent", request -> request.setParent("projects/local-project/locations/moon"));
        refused(
                "environment_variables",
                request -> request.getBuildpackBuildBuilder().putEnvironmentVariables("A-B", ""));
    }

    private static void refused(String field, Consumer<SubmitBuildRequest.Builder> change) {
        SubmitBuildRequest.Builder request = RunningBuilds.request(1);
        change.accept(request);
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> cloud.submit(request))
                .withMessageContaining(field);
    }

    @Test
    void saysWhatItDoesNotImitate() {
        unimplemented(request -> request.setDockerBuild(DockerBuild.getDefaultInstance()));
        unimplemented(request -> request.setWorkerPool(RunningBuilds.PARENT + "/workerPools/mine"));
        unimplemented(
                request -> request.getBuildpackBuildBuilder().setProjectDescriptor("project.toml"));
        assertThatExceptionOfType(UnimplementedException.class)
                .isThrownBy(() -> cloud.builds.getBuildTrigger("local-project", "one"));
    }

    private static void unimplemented(Consumer<SubmitBuildRequest.Builder> change) {
        SubmitBuildRequest.Builder request = RunningBuilds.request(1);
        change.accept(request);
        assertThatExceptionOfType(UnimplementedException.class)
                .isThrownBy(() -> cloud.submit(request));
    }

    @Test
    void letsOnlyThoseSubmitWhoMay() throws Exception {
        SubmitBuildRequest.Builder request =
                RunningBuilds.request(cloud.objects.keep(SOURCE))
                        .setServiceAccount(ACCOUNT.formatted("slipway-builder"));
        try (BuildsClient upload = cloud.submissions("token-of-upload");
                BuildsClient build = cloud.submissions("token-of-build")) {
            assertThatExceptionOfType(PermissionDeniedException.class)
                    .isThrownBy(() -> upload.submitBuild(request.build()))
                    .withMessageContaining("run.builds.create");
            assertThat(build.submitBuild(request.build()).hasBuildOperation()).isTrue();
            request.setServiceAccount(ACCOUNT.formatted("slipway-runtime"));
            assertThatExceptionOfType(PermissionDeniedException.class)
                    .isThrownBy(() -> build.submitBuild(request.build()))
                    .withMessageContaining("iam.serviceAccounts.actAs");
        }
    }

    @Test
    void answersWithTheOperationOfTheBuild() throws Exception {
        Operation operation =
                cloud.submissions
                        .submitBuild(RunningBuilds.request(cloud.objects.keep(SOURCE)).build())
                        .getBuildOperation();
        String id = operation.getName().substring(operation.getName().lastIndexOf('/') + 1);
        assertThat(operation.getName()).isEqualTo(RunningBuilds.PARENT + "/operations/" + id);
        Build build = get(RunningBuilds.PARENT + "/builds/" + id, "", "");
        assertThat(build.getQueueTtl().getSeconds()).isEqualTo(3600);
        assertThat(build.getTimeout().getSeconds()).isEqualTo(3600);
        cloud.built(build);
        Operation done = cloud.builds.getOperationsClient().getOperation(operation.getName());
        assertThat(done.getDone()).isTrue();
        assertThat(done.getResponse().unpack(Build.class).getStatus()).isEqualTo(Status.FAILURE);
        assertThat(http("/cloudbuild/v1/" + operation.getName()))
                .contains("\"done\": true", "\"status\": \"FAILURE\"");
    }

    @Test
    void listsByTagNewestFirst() {
        Build older = cloud.submit(tagged("slipway-x-d1-1"));
        Build newer = cloud.submit(tagged("slipway-x-d1-1"));
        cloud.submit(tagged("slipway-x-d1-10"));
        assertThat(list("tags=\"slipway-x-d1-1\"")).containsExactly(newer.getId(), older.getId());
        assertThat(list("tags=slipway-x-d1-1")).containsExactly(newer.getId(), older.getId());
        assertThat(list("tags=slipway-none")).isEmpty();
        cloud.built(newer);
        assertThat(list("(tags=\"slipway-x-d1-1\" AND status=\"WORKING\" OR status=\"FAILURE\")"))
                .contains(newer.getId());
        assertThat(list("tags=slipway-x-d1-1 AND NOT build_id=" + newer.getId()))
                .containsExactly(older.getId());
        assertThat(list("tags=slipway-x-d1-1 AND create_time>=\"2001-01-01T00:00:00Z\""))
                .hasSize(2);
        assertThat(list("tags=slipway-x-d1-1 AND create_time<\"2001-01-01T00:00:00Z\"")).isEmpty();
    }

    @Test
    void listsPageByPage() {
        List<String> ids =
                List.of(
                                cloud.submit(tagged("paged")),
                                cloud.submit(tagged("paged")),
                                cloud.submit(tagged("paged")))
                        .reversed()
                        .stream()
                        .map(Build::getId)
                        .toList();
        ListBuildsRequest request = request("tags=paged").setPageSize(2).build();
        ListBuildsPage page = cloud.builds.listBuilds(request).getPage();
        assertThat(page.getValues())
                .extracting(Build::getId)
                .containsExactlyElementsOf(ids.subList(0, 2));
        assertThat(page.hasNextPage()).isTrue();
        assertThat(cloud.builds.listBuilds(request).iterateAll())
                .extracting(Build::getId)
                .containsExactlyElementsOf(ids);
    }

    @Test
    void keepsLocationsApart() {
        Build global =
                cloud.submit(tagged("apart").setParent("projects/100000000001/locations/global"));
        assertThat(list("tags=apart")).isEmpty();
        assertThat(cloud.builds.listBuilds("local-project", "tags=apart").iterateAll())
                .extracting(Build::getName)
                .containsExactly(
                        "projects/local-project/locations/global/builds/" + global.getId());
        assertThat(get("", "local-project", global.getId()).getId()).isEqualTo(global.getId());
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> get(RunningBuilds.PARENT + "/builds/" + global.getId(), "", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "colour=red",
                "status",
                "(status=QUEUED",
                "status=QUEUED)",
                "status<QUEUED",
                "create_time>yesterday",
                "tags=\"a"
            })
    void refusesAFilterItDoesNotUnderstand(String filter) {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> list(filter))
                .withMessageContaining("invalid filter");
    }

    @Test
    void answersInJsonToo() throws Exception {
        Build build = cloud.submit(tagged("json"));
        assertThat(http("/cloudbuild/v1/" + build.getName())).contains("\"id\":\"" + build.getId());
        assertThat(http("/cloudbuild/v1/" + RunningBuilds.PARENT + "/builds?filter=tags%3Djson"))
                .contains(build.getId(), "createTime");
        assertThat(http("/cloudbuild/v1/projects/local-project/builds/none"))
                .contains("\"code\":404", "NOT_FOUND");
        assertThat(http("/cloudbuild/logs/none")).contains("NOT_FOUND");
    }

    @Test
    void tellsTheLinesOfABuildsLogInCloudLoggingsForm() throws Exception {
        Build build = cloud.built(cloud.submit(SOURCE));
        String wanted =
                "logName=\"projects/local-project/logs/cloudbuild\" AND resource.type=\"build\" AND"
                        + " timestamp>=\"%s\" AND resource.labels.build_id=\"%s\"";
        String created = Timestamps.toString(build.getCreateTime());

        assertThat(entries(wanted.formatted(created, build.getId()), 1))
                .contains(
                        "\"textPayload\":\"Build " + build.getName() + "\"",
                        "\"nextPageToken\":\"1\"");
        assertThat(entries(wanted.formatted(created, build.getId()), 1000))
                .contains("FAILURE: node is not on this machine's PATH")
                .doesNotContain("nextPageToken");
        assertThat(entries(wanted.formatted("2100-01-01T00:00:00Z", build.getId()), 1))
                .isEqualTo("{}");
        assertThat(entries(wanted.formatted(created, "none"), 1)).isEqualTo("{}");
        assertThat(entries(wanted.formatted("noon", build.getId()), 1))
                .contains("INVALID_ARGUMENT", "noon");
        assertThat(entries("severity>=ERROR", 1)).contains("UNIMPLEMENTED", "severity>=ERROR");
    }

    private static String entries(String filter, int most) throws Exception {
        return cloud.post(
                "/logging/v2/entries:list",
                new JsonMapper()
                        .createObjectNode()
                        .put("filter", filter)
                        .put("pageSize", most)
                        .toString());
    }

    @Test
    void submitsInJsonToo() throws Exception {
        String answer =
                cloud.post(
                        "/run/v2/" + RunningBuilds.PARENT + "/builds:submit",
                        JsonFormat.printer()
                                .print(RunningBuilds.request(cloud.objects.keep(SOURCE))));
        assertThat(answer)
                .contains(
                        "\"buildOperation\":{\"name\":\"" + RunningBuilds.PARENT + "/operations/",
                        "google.devtools.cloudbuild.v1.BuildOperationMetadata",
                        "\"status\":\"QUEUED\"");
    }

    private static SubmitBuildRequest.Builder tagged(String tag) {
        return RunningBuilds.request(cloud.objects.keep(SOURCE)).addTags(tag);
    }

    private static ListBuildsRequest.Builder request(String filter) {
        return ListBuildsRequest.newBuilder()
                .setParent(RunningBuilds.PARENT)
                .setProjectId("local-project")
                .setFilter(filter);
    }

    private static List<String> list(String filter) throws ApiException {
        return StreamSupport.stream(
                        cloud.builds.listBuilds(request(filter).build()).iterateAll().spliterator(),
                        false)
                .map(Build::getId)
                .toList();
    }

    private static Build get(String name, String project, String id) throws ApiException {
        return cloud.builds.getBuild(
                GetBuildRequest.newBuilder().setName(name).setProjectId(project).setId(id).build());
    }

    private static String http(String path) throws Exception {
        return cloud.http("http://127.0.0.1:" + cloud.port() + path);
    }
}
