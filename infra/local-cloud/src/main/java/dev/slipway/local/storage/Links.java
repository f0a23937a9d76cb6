package dev.slipway.local.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/**
 * The addresses that resources bear.
 *
 * @param endpoint of the local cloud, without a slash at the end
 */
record Links(String endpoint) {
    String bucket(String bucket) {
        return endpoint + "/storage/v1/b/" + bucket;
    }

    String object(String bucket, String name) {
        return bucket(bucket) + "/o/" + encoded(name);
    }

    String media(String bucket, String name, long generation) {
        return endpoint
                + "/download/storage/v1/b/"
                + bucket
                + "/o/"
                + encoded(name)
                + "?generation="
                + generation
                + "&alt=media";
    }

    static String encoded(String name) {
        return URLEncoder.encode(name, UTF_8).replace("+", "%20");
    }
}
