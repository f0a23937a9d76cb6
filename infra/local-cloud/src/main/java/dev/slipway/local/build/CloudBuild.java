package dev.slipway.local.build;

import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.BuildOperationMetadata;
import com.google.longrunning.Operation;
import com.google.protobuf.Descriptors.Descriptor;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.slipway.local.Api;
import dev.slipway.local.Callers;
import dev.slipway.local.InstantImages;
import dev.slipway.local.Objects;
import dev.slipway.local.OperationSource;
import dev.slipway.local.Operations;
import dev.slipway.local.Settings;
import dev.slipway.local.State;
import dev.slipway.local.Topics;
import dev.slipway.local.Transcoded;
import dev.slipway.local.build.jvm.Java;
import dev.slipway.local.build.language.Family;
import dev.slipway.local.build.language.Folder;
import dev.slipway.local.build.language.HostSettings;
import dev.slipway.local.build.language.Languages;
import dev.slipway.local.build.node.NodeJs;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Cloud Build, and the call of Cloud Run that submits builds: real builds from source on this
 * machine, at most {@link Settings#concurrentBuilds} at once.
 */
public final class CloudBuild implements Api, OperationSource {
    private final Callers callers;
    private final BuildStore store;
    private final BuildLogs logs;
    private final BuildQueue queue;
    private final BuildOperations operations;
    private final SubmitBuilds submissions;
    private final CloudBuildCalls calls;
    private final LogEntries entries;
    private volatile int port;

    /** Builds with the environment of this process. */
    public CloudBuild(
            Settings settings,
            State state,
            Callers callers,
            Operations operations,
            Objects objects,
            Topics topics,
            InstantImages instant) {
        this(
                settings,
                state,
                callers,
                operations,
                objects,
                topics,
                instant,
                System.getenv(),
                TimeLimits.DEFAULT,
                InstantSource.system());
    }

    CloudBuild(
            Settings settings,
            State state,
            Callers callers,
            Operations operations,
            Objects objects,
            Topics topics,
            InstantImages instant,
            Map<String, String> host,
            TimeLimits limits,
            InstantSource clock) {
        this.callers = callers;
        this.store = new BuildStore(state);
        store.unfinished().forEach(build -> Family.endMarked(build.getId()));
        Path folder = state.directory("cloudbuild");
        this.logs = new BuildLogs(made(folder.resolve("logs")));
        BuildTools tools = tools(folder, host, objects);
        BuildChanges changes = new BuildChanges(settings, store, topics, operations, this::shown);
        this.queue =
                new BuildQueue(
                        settings,
                        store,
                        changes,
                        id ->
                                settings.instantBuilds()
                                        ? new InstantRun(store.request(id), instant)
                                        : new BuildRun(id, tools, store.request(id)),
                        clock);
        this.operations = new BuildOperations(settings, store, this::shown);
        this.submissions =
                new SubmitBuilds(settings, callers, queue, this.operations, limits, clock);
        this.calls = new CloudBuildCalls(settings, callers, store, queue, this::shown);
        this.entries = new LogEntries(settings, callers, store, logs);
        operations.register(this);
    }

    private BuildTools tools(Path folder, Map<String, String> host, Objects objects) {
        Path userHome = Path.of(host.getOrDefault("HOME", System.getProperty("user.home", "/")));
        Path buildHome = made(folder.resolve("home"));
        Java java = new Java(host, userHome, buildHome);
        return new BuildTools(
                emptied(folder.resolve("work")),
                logs,
                HostSettings.of(host, userHome, buildHome).hiding(java.secrets()),
                new Sources(objects),
                new Languages(List.of(java, new NodeJs())),
                new ImagePush(() -> port));
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + folder, e);
        }
    }

    /** What builds left behind when this program ended before them. */
    private static Path emptied(Path folder) {
        try {
            Folder.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot empty " + folder, e);
        }
        return made(folder);
    }

    @Override
    public void addTo(ServerBuilder server) {
        Transcoded.add(server, "/cloudbuild", types(), calls);
        Transcoded.add(server, "/run", types(), submissions);
        server.service("/cloudbuild/logs/{id}", this::log);
        entries.addTo(server);
    }

    @Override
    public void started(int realPort) {
        port = realPort;
        queue.resume();
    }

    @Override
    public Optional<Operation> find(String name) {
        return operations.find(name);
    }

    @Override
    public List<Descriptor> types() {
        return List.of(Build.getDescriptor(), BuildOperationMetadata.getDescriptor());
    }

    private Build shown(Build build) {
        return build.toBuilder()
                .setLogUrl("http://localhost:" + port + "/cloudbuild/logs/" + build.getId())
                .build();
    }

    private HttpResponse log(ServiceRequestContext context, HttpRequest request) {
        String id = String.valueOf(context.pathParam("id"));
        return HttpResponse.of(
                CompletableFuture.supplyAsync(() -> log(id), context.blockingTaskExecutor()));
    }

    private HttpResponse log(String id) {
        try {
            callers.require("cloudbuild.builds.get", "project", "");
            return store.find(id).isEmpty()
                    ? Transcoded.error(Status.Code.NOT_FOUND, "no build has the id " + id)
                    : HttpResponse.of(HttpStatus.OK, MediaType.PLAIN_TEXT_UTF_8, logs.read(id));
        } catch (StatusRuntimeException e) {
            return Transcoded.error(
                    e.getStatus().getCode(), String.valueOf(e.getStatus().getDescription()));
        } catch (IOException e) {
            return Transcoded.error(Status.Code.INTERNAL, "the log cannot be read: " + e);
        }
    }

    /** Ends every program that a build started; the builds start again at the next start. */
    @Override
    public void close() {
        queue.close();
    }
}
