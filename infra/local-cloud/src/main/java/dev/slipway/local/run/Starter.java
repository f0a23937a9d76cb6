package dev.slipway.local.run;

import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.protobuf.util.Durations;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.Endpoint;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.SessionProtocol;
import dev.slipway.local.Settings;
import dev.slipway.local.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Starts instances of revisions and waits until they serve. */
final class Starter implements AutoCloseable {
    private static final int LAST_LINES = 20;

    private final Settings settings;
    private final Stored stored;
    private final Pull pull;
    private final Logs logs;
    private final Path homes;
    private final FreePort ports = new FreePort();
    private final CompletableFuture<Integer> cloudPort = new CompletableFuture<>();

    /** A connection serves one request: an instance that closes idle ones then fails none. */
    private final ClientFactory clients =
            ClientFactory.builder().maxNumRequestsPerConnection(1).build();

    Starter(Settings settings, State state, Stored stored, Pull pull, Logs logs) {
        this.settings = settings;
        this.stored = stored;
        this.pull = pull;
        this.logs = logs;
        this.homes = state.directory("run-homes");
    }

    /** Tells where the local cloud itself listens; starts wait for it. */
    void cloudListens(int port) {
        cloudPort.complete(port);
    }

    /** A new instance, or why there is none. */
    sealed interface Start {
        /** It serves. */
        record Serving(Instance instance) implements Start {}

        /** It did not; the process, if there was one, is gone. */
        record Failed(Verdict.Failed verdict) implements Start {}
    }

    Start start(Revision revision, Live live) throws InterruptedException {
        try {
            return attempt(revision, stored.template(revision.getName()), live);
        } catch (ImageProblem e) {
            return new Start.Failed(e.verdict());
        } catch (IOException | RuntimeException e) {
            return new Start.Failed(
                    new Verdict.Failed(
                            Verdict.Cause.PLATFORM,
                            "The local cloud could not start the container: " + e));
        }
    }

    private Start attempt(Revision revision, RevisionTemplate template, Live live)
            throws IOException, ImageProblem, InterruptedException {
        Container container = template.getContainers(0);
        PulledImage image = pulled(revision, container.getImage());
        int port = ports.take();
        RevisionName name = Names.revision(revision);
        Path home = homes.resolve(revision.getUid());
        Files.createDirectories(home.resolve("tmp"));
        Launch launch =
                Launch.of(
                        image,
                        container,
                        name,
                        new Launch.Surroundings(settings.project(), cloudPort.join(), home),
                        port);
        RevisionLog log = logs.of(name);
        Instance instance = begin(launch, port, log, template);
        if (!live.add(revision.getUid(), instance)) {
            throw new InterruptedException("the local cloud stops");
        }
        if (template.getHealthCheckDisabled()) {
            instance.serves();
            return new Start.Serving(instance);
        }
        return probed(revision, container, instance, log);
    }

    private PulledImage pulled(Revision revision, String image) throws IOException, ImageProblem {
        Optional<String> digest = stored.digest(revision.getName());
        if (digest.isPresent()) {
            return pull.of(image, digest.get());
        }
        PulledImage pulled = pull.of(image);
        stored.putDigest(revision.getName(), pulled.digest());
        return pulled;
    }

    private Instance begin(Launch launch, int port, RevisionLog log, RevisionTemplate template)
            throws IOException, ImageProblem {
        try {
            return Instance.start(
                    launch,
                    port,
                    log,
                    client(template, port),
                    template.getMaxInstanceRequestConcurrency());
        } catch (IOException e) {
            throw new ImageProblem(
                    Verdict.Cause.CONTAINER,
                    "The container's command cannot be started: " + e.getMessage());
        }
    }

    private WebClient client(RevisionTemplate template, int port) {
        boolean http2 = template.getContainers(0).getPorts(0).getName().equals("h2c");
        return WebClient.builder(
                        http2 ? SessionProtocol.H2C : SessionProtocol.H1C,
                        Endpoint.of("127.0.0.1", port))
                .factory(clients)
                .responseTimeoutMillis(Durations.toMillis(template.getTimeout()))
                .maxResponseLength(0)
                .build();
    }

    private Start probed(Revision revision, Container container, Instance instance, RevisionLog log)
            throws InterruptedException, IOException {
        StartupProbe probe =
                new StartupProbe(
                        instance.process(),
                        instance.port(),
                        container.getStartupProbe(),
                        settings.startupTimeout());
        StartupProbe.Result result = probe.await();
        if (result == StartupProbe.Result.STARTED) {
            instance.serves();
            return new Start.Serving(instance);
        }
        instance.kill();
        instance.drain();
        String message = message(revision, container, instance, result, log);
        return new Start.Failed(new Verdict.Failed(Verdict.Cause.CONTAINER, message));
    }

    /** Google's own words, then what the process said itself. */
    private String message(
            Revision revision,
            Container container,
            Instance instance,
            StartupProbe.Result result,
            RevisionLog log)
            throws IOException {
        String why =
                switch (result) {
                    case NOT_ANSWERING ->
                            "The user-provided container failed the configured startup probe checks.";
                    case STARTED, EXITED, NOT_LISTENING ->
                            ("The user-provided container failed to start and listen on the port defined"
                                            + " provided by the PORT=%d environment variable within the allocated timeout."
                                            + " This can happen when the container port is misconfigured or if the timeout"
                                            + " is too short. The health check timeout can be extended.")
                                    .formatted(container.getPorts(0).getContainerPort());
                };
        String exit =
                result == StartupProbe.Result.EXITED
                        ? "\nContainer called exit(" + instance.process().exitValue() + ")."
                        : "";
        List<String> last = log.last(LAST_LINES);
        return why
                + " Logs for this revision might contain more information.\n\nLogs URL: "
                + logs.uri(Names.revision(revision), cloudPort.join())
                + exit
                + (last.isEmpty() ? "" : "\nLast lines:\n" + String.join("\n", last));
    }

    /** Removes what the instances of a revision that is gone left behind. */
    void tidy(String uid) {
        try {
            Trees.delete(homes.resolve(uid));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove the home of revision " + uid, e);
        }
    }

    @Override
    public void close() {
        clients.close();
    }
}
