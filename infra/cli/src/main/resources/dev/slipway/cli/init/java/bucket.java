package functions;

import com.google.cloud.functions.CloudEventsFunction;
import io.cloudevents.CloudEvent;

/** Called with every object that is completed in the bucket. An exception brings it back later. */
public class Hello implements CloudEventsFunction {
    @Override
    public void accept(CloudEvent event) {
        System.out.println("Hello " + event.getSource() + " " + event.getSubject() + "!");
    }
}
