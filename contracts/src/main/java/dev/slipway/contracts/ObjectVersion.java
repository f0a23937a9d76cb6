package dev.slipway.contracts;

/**
 * One generation of one Cloud Storage object: exactly these bytes, whatever the name points to
 * later.
 */
public record ObjectVersion(String bucket, String object, long generation) {
    /** Refuses what no stored object can be. */
    public ObjectVersion {
        if (bucket.isEmpty() || object.isEmpty() || generation <= 0) {
            throw new IllegalArgumentException(
                    "an object version needs a bucket, an object and a positive generation, not "
                            + Shown.of(bucket + "/" + object + "#" + generation));
        }
    }

    /** {@code gs://bucket/object#generation}, as Cloud Build writes it. */
    public String uri() {
        return "gs://" + bucket + "/" + object + "#" + generation;
    }
}
