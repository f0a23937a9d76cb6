package functions;

import com.google.cloud.functions.CloudEventsFunction;
import io.cloudevents.CloudEvent;
import java.util.logging.Logger;

/** Says which object arrived. */
public class HelloStorage implements CloudEventsFunction {
    private static final Logger LOG = Logger.getLogger(HelloStorage.class.getName());
    private static final String OBJECTS = "objects/";
    private static final String BUCKETS = "/buckets/";

    @Override
    public void accept(CloudEvent event) {
        LOG.info("Hello, %s in %s!".formatted(object(event), bucket(event)));
    }

    /** The subject is {@code objects/NAME}. */
    private static String object(CloudEvent event) {
        String subject = String.valueOf(event.getSubject());
        return subject.startsWith(OBJECTS) ? subject.substring(OBJECTS.length()) : subject;
    }

    /** The source is {@code //storage.googleapis.com/projects/_/buckets/BUCKET}. */
    private static String bucket(CloudEvent event) {
        String source = event.getSource().toString();
        return source.substring(source.indexOf(BUCKETS) + BUCKETS.length());
    }
}
