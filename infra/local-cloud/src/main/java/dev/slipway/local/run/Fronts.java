package dev.slipway.local.run;

import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * The port of each service, on loopback, by which everybody reaches it. A service keeps its port
 * over restarts, unless another program has taken it.
 */
final class Fronts implements AutoCloseable {
    private static final int FIRST_PORT = 9000;
    private static final int LAST_PORT = 19_999;

    /** Cloud Run's limit of a request over HTTP/1. */
    private static final long LARGEST_REQUEST_BYTES = 32 << 20;

    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Stored stored;
    private final Function<ServiceName, HttpService> answers;
    private final Map<ServiceName, Server> servers = new ConcurrentHashMap<>();

    Fronts(Stored stored, Function<ServiceName, HttpService> answers) {
        this.stored = stored;
        this.answers = answers;
    }

    /** The service's URL; from now on something listens there. */
    synchronized String open(ServiceName name) {
        Server server = servers.computeIfAbsent(name, this::start);
        return "http://localhost:" + server.activeLocalPort();
    }

    private Server start(ServiceName name) {
        OptionalInt kept = stored.port(name);
        if (kept.isPresent() && free(kept.getAsInt())) {
            try {
                return listen(name, kept.getAsInt());
            } catch (CompletionException e) {
                requireTaken(e);
            }
        }
        for (int port = FIRST_PORT; port <= LAST_PORT; port++) {
            if (stored.taken(port) || !free(port)) {
                continue;
            }
            try {
                Server server = listen(name, port);
                stored.putPort(name, port);
                return server;
            } catch (CompletionException e) {
                requireTaken(e);
            }
        }
        throw new IllegalStateException("every port from 9000 to 19999 is taken");
    }

    /** A server that cannot listen takes two seconds to say so; a socket says it at once. */
    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // as servers do: a port in TIME_WAIT is free
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static void requireTaken(CompletionException e) {
        if (!(e.getCause() instanceof IOException)) {
            throw e;
        }
    }

    private Server listen(ServiceName name, int port) {
        Server server =
                Server.builder()
                        .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                        .requestTimeoutMillis(0)
                        .maxRequestLength(LARGEST_REQUEST_BYTES)
                        .disableServerHeader()
                        .serviceUnder("/", answers.apply(name))
                        .build();
        server.start().join();
        return server;
    }

    void close(ServiceName name) {
        Server server = servers.remove(name);
        if (server != null) {
            stop(List.of(server));
        }
    }

    /**
     * Stops servers until their ports are free. Their threads end by themselves two seconds later,
     * which nobody has to wait for.
     */
    static void stop(Collection<Server> servers) {
        servers.forEach(
                server -> {
                    var _ = server.stop();
                });
        long end = System.nanoTime() + LONGEST_STOP.toNanos();
        while (servers.stream().anyMatch(server -> !server.activePorts().isEmpty())
                && System.nanoTime() < end) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    @Override
    public synchronized void close() {
        stop(servers.values());
        servers.clear();
    }
}
