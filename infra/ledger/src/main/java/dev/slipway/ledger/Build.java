package dev.slipway.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The submitted build.
 *
 * @param name Cloud Build: {@code projects/P/locations/L/builds/ID}
 * @param logUrl where people read its log
 * @param createTime by Cloud Build's clock
 * @param deadline createTime + queue_ttl + timeout, by Cloud Build's own figures
 */
public record Build(String name, @Nullable String logUrl, Instant createTime, Instant deadline) {}
