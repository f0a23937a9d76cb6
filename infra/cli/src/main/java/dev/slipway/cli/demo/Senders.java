package dev.slipway.cli.demo;

import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.services.Api;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** What triggers listen to: makes buckets and topics where they are not there, and fills them. */
public final class Senders {
    private final Cloud cloud;
    private final Storage storage;

    /** Those of this cloud. */
    public Senders(Cloud cloud) {
        this.cloud = cloud;
        this.storage = cloud.clients().storage();
    }

    /** Whether there was none. */
    public boolean makeBucket(String name, String region) {
        if (storage.get(name) != null) {
            return false;
        }
        storage.create(BucketInfo.newBuilder(name).setLocation(region).build());
        return true;
    }

    /** Whether there was none. */
    public boolean makeTopic(String name) {
        return Api.pubsub(cloud).create(topic(name), Map.of());
    }

    /** Puts a small text there. */
    public void upload(String bucket, String object) {
        storage.create(
                BlobInfo.newBuilder(bucket, object).setContentType("text/plain").build(),
                "Hello!\n".getBytes(StandardCharsets.UTF_8));
    }

    /** Publishes a message. */
    public void publish(String topic, String text) {
        String data = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        var _ =
                Api.pubsub(cloud)
                        .post(
                                topic(topic) + ":publish",
                                Map.of("messages", List.of(Map.of("data", data))));
    }

    private String topic(String name) {
        return "projects/" + cloud.project() + "/topics/" + name;
    }
}
