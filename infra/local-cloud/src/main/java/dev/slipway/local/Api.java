package dev.slipway.local;

import com.linecorp.armeria.server.ServerBuilder;
import java.util.List;

/** One of Google's APIs: it adds its services to the one server and keeps its own state. */
public interface Api extends AutoCloseable {
    /** Adds this API's gRPC and REST services to the server. */
    void addTo(ServerBuilder server);

    /**
     * Called once the server listens; {@code port} is the real one. Continues what a restart
     * interrupted.
     */
    default void started(int port) {}

    /** What this API counts, as of now. */
    default List<Figure> figures() {
        return List.of();
    }

    @Override
    default void close() {}
}
