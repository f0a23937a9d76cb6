package dev.slipway.benchmarks;

import com.google.cloudbuild.v1.Build;
import com.google.pubsub.v1.PubsubMessage;
import java.util.List;

/** An archive in the drop bucket, {@code <region>/<service>.tar.gz}. */
record NaiveDrop(String region, String service, String object, long generation) {
    static NaiveDrop of(String object, String generation) {
        int slash = object.indexOf('/');
        return new NaiveDrop(
                object.substring(0, slash),
                object.substring(slash + 1, object.indexOf('.')),
                object,
                Long.parseLong(generation));
    }

    static NaiveDrop of(PubsubMessage message) {
        return of(
                message.getAttributesOrThrow("object"), message.getAttributesOrThrow("generation"));
    }

    static NaiveDrop of(Build.Builder build) {
        List<String> tags = build.getTagsList();
        return of(tags.get(0) + "/" + tags.get(1) + ".tar.gz", tags.get(2));
    }

    List<String> tags() {
        return List.of(region, service, Long.toString(generation));
    }
}
