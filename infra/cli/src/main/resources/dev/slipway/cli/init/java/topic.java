package functions;

import com.google.cloud.functions.CloudEventsFunction;
import io.cloudevents.CloudEvent;
import java.nio.charset.StandardCharsets;

/** Called with every message of the topic. An exception brings the message back later. */
public class Hello implements CloudEventsFunction {
    @Override
    public void accept(CloudEvent event) {
        String data = new String(event.getData().toBytes(), StandardCharsets.UTF_8);
        System.out.println("Hello " + data + "!"); // JSON: message.data is the text in base64
    }
}
