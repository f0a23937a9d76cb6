package dev.slipway.local.pubsub;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one delivery of one message.
 *
 * @param sequence of the message
 * @param lease never given out twice, over restarts too, so that an id from before one is stale
 */
record AckId(long sequence, long lease) {
    private static final Pattern FORM = Pattern.compile("([0-9a-f]{1,15})-([0-9a-f]{1,15})");
    private static final int HEX = 16;

    /**
     * Reads ids that a client sends back.
     *
     * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT where one is malformed
     */
    static List<AckId> parse(List<String> texts) {
        return texts.stream().map(AckId::parse).toList();
    }

    private static AckId parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw Refusal.invalid("You have passed an invalid ack ID to the service: %s", text);
        }
        return new AckId(Long.parseLong(form.group(1), HEX), Long.parseLong(form.group(2), HEX));
    }

    @Override
    public String toString() {
        return Long.toHexString(sequence) + "-" + Long.toHexString(lease);
    }
}
