package dev.slipway.deploy.google;

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
final class GrpcStandIn implements AutoCloseable {
    private final MutableHandlerRegistry services = new MutableHandlerRegistry();
    private final Server server;

    GrpcStandIn() throws IOException {
        this.server =
                Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                        .fallbackHandlerRegistry(services)
                        .build()
                        .start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /** One method of a service; a thrown status is the answer. */
    record Method<A extends Message, B extends Message>(
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

    void serve(String service, Method<?, ?>... methods) {
        ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(service);
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
