package dev.slipway.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import com.linecorp.armeria.common.grpc.GrpcJsonMarshaller;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.util.List;

/** Messages in protobuf's own JSON; those that stand in an {@code Any} have to be known. */
final class ProtoJson implements GrpcJsonMarshaller {
    private final JsonFormat.Printer printer;
    private final JsonFormat.Parser parser;

    ProtoJson(List<Message> held) {
        TypeRegistry types =
                TypeRegistry.newBuilder()
                        .add(held.stream().map(Message::getDescriptorForType).toList())
                        .build();
        this.printer =
                JsonFormat.printer().usingTypeRegistry(types).omittingInsignificantWhitespace();
        this.parser = JsonFormat.parser().usingTypeRegistry(types).ignoringUnknownFields();
    }

    @Override
    public <T> void serializeMessage(Marshaller<T> marshaller, T message, OutputStream out)
            throws IOException {
        out.write(printer.print((Message) message).getBytes(UTF_8));
    }

    @Override
    public <T> T deserializeMessage(Marshaller<T> marshaller, InputStream in) throws IOException {
        PrototypeMarshaller<T> prototypes = (PrototypeMarshaller<T>) marshaller;
        Message prototype = (Message) prototypes.getMessagePrototype();
        Message.Builder message = prototype.newBuilderForType();
        parser.merge(new InputStreamReader(in, UTF_8), message);
        return prototypes.getMessageClass().cast(message.build());
    }
}
