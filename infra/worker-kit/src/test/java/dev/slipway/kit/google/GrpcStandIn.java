package dev.slipway.kit.google;

import com.google.protobuf.Message;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.grpc.util.MutableHandlerRegistry;
import java.io.IOException;
import java.net.URI;
import java.util.function.Function;

/** A gRPC server on the loopback whose unary methods a test writes as functions. */
public final class GrpcStandIn implements AutoCloseable {
    private final MutableHandlerRegistry services = new MutableHandlerRegistry();
    private final Server server;

    /** Starts on a free port. */
    public GrpcStandIn() throws IOException {
        this.server =
                Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                        .fallbackHandlerRegistry(services)
                        .build()
                        .start();
    }

    /** Where it listens. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /** One method of a service; a thrown status is the answer. */
    public record Method<A extends Message, B extends Message>(
            String name, A request, B response, Function<A, B> answer) {
        private MethodDescriptor<A, B> descriptor(String service) {
            return MethodDescriptor.<A, B>newBuilder()
                    .setType(MethodDescriptor.MethodType.UNARY)
                    .setFullMethodName(MethodDescriptor.generateFullMethodName(service, name))
                    .setRequestMarshaller(ProtoUtils.marshaller(request))
                    .setResponseMarshaller(ProtoUtils.marshaller(response))
                    .build();
        }

        private void addTo(ServerServiceDefinition.Builder service, String serviceName) {
            service.addMethod(descriptor(serviceName), ServerCalls.asyncUnaryCall(this::answerTo));
        }

        private void answerTo(A asked, StreamObserver<B> observer) {
            try {
                observer.onNext(answer.apply(asked));
                observer.onCompleted();
            } catch (RuntimeException e) {
                observer.onError(e);
            }
        }
    }

    /** Serves these methods of a service, named with its package. */
    public void serve(String service, Method<?, ?>... methods) {
        serve(service, ServerServiceDefinition.builder(service), methods);
    }

    /** The same, beside methods that are no plain ones and stand in the definition already. */
    void serve(
            String service, ServerServiceDefinition.Builder definition, Method<?, ?>... methods) {
        for (Method<?, ?> method : methods) {
            method.addTo(definition, service);
        }
        services.addService(definition.build());
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
