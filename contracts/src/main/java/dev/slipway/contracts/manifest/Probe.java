package dev.slipway.contracts.manifest;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * How the platform finds out about a container (Cloud Run: Probe).
 *
 * @param initialDelaySeconds before the first try
 * @param timeoutSeconds that one try may take
 * @param periodSeconds between tries
 * @param failureThreshold failures after which it has failed
 */
public record Probe(
        int initialDelaySeconds,
        int timeoutSeconds,
        int periodSeconds,
        int failureThreshold,
        Check check) {
    /** What is tried. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
    @JsonSubTypes({
        @JsonSubTypes.Type(value = HttpGet.class, name = "httpGet"),
        @JsonSubTypes.Type(value = Grpc.class, name = "grpc"),
        @JsonSubTypes.Type(value = TcpSocket.class, name = "tcpSocket")
    })
    public sealed interface Check {
        /** The container's port that is asked. */
        int port();
    }

    /** A request that must answer 2xx or 3xx. */
    public record HttpGet(int port, String path) implements Check {}

    /** A gRPC health check; an empty service asks for the whole server. */
    public record Grpc(int port, String service) implements Check {}

    /** A connection. */
    public record TcpSocket(int port) implements Check {}
}
