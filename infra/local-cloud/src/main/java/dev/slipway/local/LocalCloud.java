package dev.slipway.local;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Google's APIs on one machine: one process, one loopback port, gRPC and REST. */
public final class LocalCloud implements AutoCloseable {
    /** Answers 200 where the parameter {@code home} is the directory of this local cloud. */
    private static final String HEALTH = "/local-cloud/health";

    private static final long LARGEST_REQUEST_BYTES = 2L << 30;

    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final State state;
    private final List<Api> apis;
    private final Server server;

    private LocalCloud(State state, List<Api> apis, Server server) {
        this.state = state;
        this.apis = apis;
        this.server = server;
    }

    /** Runs until it is told to end: {@code SIGTERM} stops everything that it started. */
    public static void main(String[] arguments) {
        Settings settings;
        try {
            settings = Flags.read(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + Flags.USAGE);
            Runtime.getRuntime().exit(2);
            return;
        }
        if (settings.instantBuilds()) {
            System.err.println("--instant-builds: nothing is built, every build succeeds at once");
        }
        if (settings.instantServices()) {
            System.err.println("--instant-services: nothing runs, every revision is ready at once");
        }
        LocalCloud cloud = start(settings);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(cloud::close));
        System.out.println("listening on http://127.0.0.1:" + cloud.port());
    }

    /** Starts everything and returns when the port answers. */
    public static LocalCloud start(Settings settings) {
        State state = new State(settings.home().resolve("cloud"));
        Callers callers = Apis.callers(settings);
        List<Api> apis = Apis.all(settings, state, callers);
        Calls calls = new Calls(apis);
        ServerBuilder builder =
                Server.builder()
                        .http(
                                new InetSocketAddress(
                                        InetAddress.getLoopbackAddress(), settings.port()))
                        .maxRequestLength(LARGEST_REQUEST_BYTES)
                        .requestTimeoutMillis(0)
                        .decorator(callers)
                        .decorator(calls);
        calls.addTo(builder);
        builder.service(HEALTH, (context, _) -> health(settings, context.queryParam("home")));
        apis.forEach(api -> api.addTo(builder));
        Server server = builder.build();
        server.start().join();
        apis.forEach(api -> api.started(server.activeLocalPort()));
        return new LocalCloud(state, apis, server);
    }

    /** Whether it is the one that is meant: ports are taken by whoever comes first. */
    private static HttpResponse health(Settings settings, @Nullable String home) {
        return HttpResponse.of(
                settings.home().toAbsolutePath().toString().equals(home)
                        ? HttpStatus.OK
                        : HttpStatus.NOT_FOUND);
    }

    /** The one port, on loopback. */
    public int port() {
        return server.activeLocalPort();
    }

    /**
     * Stops answering, then every process that was started for a build or a service, then the
     * state.
     */
    @Override
    public void close() {
        stopServer();
        apis.reversed().forEach(Api::close);
        state.close();
    }

    /**
     * Returns when nobody is connected any more. The server's threads end two seconds later, which
     * nobody has to wait for.
     */
    private void stopServer() {
        var _ = server.stop();
        long end = System.nanoTime() + LONGEST_STOP.toNanos();
        while ((!server.activePorts().isEmpty() || server.numConnections() > 0)
                && System.nanoTime() < end) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
