package dev.slipway.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One drop's journey: {@code d} and 19 base-32 characters of the SHA-256 of bucket, object and
 * generation.
 */
public record DeploymentId(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("d[a-z2-7]{19}");
    private static final String BASE_32 = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LENGTH = 19;
    private static final int BITS = 5;

    /** Refuses anything but an id's form. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public DeploymentId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a deployment id is d and 19 of a-z2-7, not " + Shown.of(value));
        }
    }

    /** The one id that this drop has, whoever computes it. */
    public static DeploymentId of(ObjectVersion drop) {
        byte[] hash = Digest.hash(drop.bucket() + "/" + drop.object() + "#" + drop.generation());
        BigInteger bits =
                new BigInteger(1, hash).shiftRight(hash.length * Byte.SIZE - LENGTH * BITS);
        StringBuilder text = new StringBuilder("d");
        for (int position = LENGTH - 1; position >= 0; position--) {
            text.append(BASE_32.charAt(bits.shiftRight(position * BITS).intValue() & 31));
        }
        return new DeploymentId(text.toString());
    }

    /** The id that this text is; empty where it is none. */
    public static Optional<DeploymentId> parse(String text) {
        return FORM.matcher(text).matches()
                ? Optional.of(new DeploymentId(text))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
