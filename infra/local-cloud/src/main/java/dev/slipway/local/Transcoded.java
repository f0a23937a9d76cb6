package dev.slipway.local;

import static com.linecorp.armeria.server.grpc.HttpJsonTranscodingQueryParamMatchRule.LOWER_CAMEL_CASE;
import static com.linecorp.armeria.server.grpc.HttpJsonTranscodingQueryParamMatchRule.ORIGINAL_FIELD;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.grpc.GrpcJsonMarshaller;
import com.linecorp.armeria.common.grpc.GrpcSerializationFormats;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.grpc.GrpcService;
import com.linecorp.armeria.server.grpc.GrpcServiceBuilder;
import com.linecorp.armeria.server.grpc.HttpJsonTranscodingOptions;
import io.grpc.BindableService;
import io.grpc.Status;
import java.util.List;

/**
 * One implementation of Google's services, reached in two ways: by gRPC at the root of the port,
 * and by REST/JSON, as the protos' {@code google.api.http} annotations say, below a prefix of each
 * API's own, because the APIs' paths collide. A {@code StatusRuntimeException} that a method throws
 * is answered as that status.
 */
public final class Transcoded {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LARGEST_MESSAGE_BYTES = 32 << 20;

    private Transcoded() {}

    /**
     * Adds the services.
     *
     * @param prefix of the REST paths, for example {@code /cloudbuild}
     */
    public static void add(ServerBuilder server, String prefix, BindableService... services) {
        add(server, prefix, List.of(), services);
    }

    /**
     * Adds services that answer with long-running operations.
     *
     * @param inOperations the messages that stand in their operations' metadata and responses,
     *     without which such an answer has no form in JSON
     */
    public static void add(
            ServerBuilder server,
            String prefix,
            List<Descriptor> inOperations,
            BindableService... services) {
        GrpcJsonMarshaller json = json(TypeRegistry.newBuilder().add(inOperations).build());
        server.service(
                builder(services)
                        .supportedSerializationFormats(GrpcSerializationFormats.PROTO)
                        .build());
        server.serviceUnder(prefix, transcoding(services).jsonMarshallerFactory(_ -> json).build());
    }

    /** Armeria's own marshallers generate code for every message when the server starts. */
    private static GrpcJsonMarshaller json(TypeRegistry types) {
        return GrpcJsonMarshaller.builderForGson()
                .jsonParserCustomizer((JsonFormat.Parser parser) -> parser.ignoringUnknownFields())
                .jsonPrinterCustomizer(
                        (JsonFormat.Printer printer) ->
                                printer.omittingInsignificantWhitespace().usingTypeRegistry(types))
                .build();
    }

    private static GrpcServiceBuilder transcoding(BindableService... services) {
        return builder(services)
                .enableHttpJsonTranscoding(
                        HttpJsonTranscodingOptions.builder()
                                .errorHandler(Transcoded::error)
                                .queryParamMatchRules(LOWER_CAMEL_CASE, ORIGINAL_FIELD)
                                .build());
    }

    private static GrpcServiceBuilder builder(BindableService... services) {
        return GrpcService.builder()
                .addServices(List.of(services))
                .maxRequestMessageLength(LARGEST_MESSAGE_BYTES)
                .useBlockingTaskExecutor(true);
    }

    private static HttpResponse error(
            ServiceRequestContext context, Status status, AggregatedHttpResponse response) {
        String why = status.getDescription();
        return error(status.getCode(), why == null ? status.getCode().name() : why);
    }

    /** Google's own form of an error in REST, for what is not transcoded. */
    public static HttpResponse error(Status.Code code, String message) {
        HttpStatus status = HttpStatus.valueOf(httpStatus(code));
        var error = JSON.createObjectNode();
        error.putObject("error")
                .put("code", status.code())
                .put("message", message)
                .put("status", code.name());
        return HttpResponse.of(status, MediaType.JSON_UTF_8, error.toString());
    }

    /** The HTTP status of a canonical code (google/rpc/code.proto). */
    private static int httpStatus(Status.Code code) {
        return switch (code) {
            case OK -> 200;
            case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
            case UNAUTHENTICATED -> 401;
            case PERMISSION_DENIED -> 403;
            case NOT_FOUND -> 404;
            case ALREADY_EXISTS, ABORTED -> 409;
            case RESOURCE_EXHAUSTED -> 429;
            case CANCELLED -> 499;
            case UNKNOWN, INTERNAL, DATA_LOSS -> 500;
            case UNIMPLEMENTED -> 501;
            case UNAVAILABLE -> 503;
            case DEADLINE_EXCEEDED -> 504;
        };
    }
}
