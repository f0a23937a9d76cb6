package dev.slipway.upload.gateway;

import dev.slipway.kit.Message;
import dev.slipway.upload.decide.DropNotice;
import java.util.Optional;

/** Reads what storage says of objects. */
@FunctionalInterface
public interface DropNotices {
    /** What the message says; empty where it is no such message. */
    Optional<DropNotice> read(Message message);
}
