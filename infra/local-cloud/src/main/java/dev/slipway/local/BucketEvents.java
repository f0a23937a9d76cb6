package dev.slipway.local;

import java.util.Optional;

/**
 * What Eventarc needs of Cloud Storage. It acts as Google's service agent, so nobody's permissions
 * are asked.
 */
public interface BucketEvents {
    /** Where the bucket is, in lower case, for example {@code europe-west1} or {@code us}. */
    Optional<String> location(String bucket);

    /**
     * Lets a bucket tell one kind of event to a topic, with the object's metadata.
     *
     * @param topic {@code projects/PROJECT/topics/TOPIC}
     * @param eventType for example {@code OBJECT_FINALIZE}
     * @return the notification's id within the bucket
     * @throws io.grpc.StatusRuntimeException NOT_FOUND without the bucket, FAILED_PRECONDITION
     *     where it has ten notifications of that kind
     */
    String tell(String bucket, String topic, String eventType);

    /** Ends a notification, if it and its bucket are there. */
    void silence(String bucket, String notification);
}
