package dev.slipway.kit;

import java.util.Optional;

/** Reads what storage says of objects that people ask with. */
@FunctionalInterface
public interface RequestNotices {
    /** What the message says; empty where it is no such message. */
    Optional<RequestNotice> read(Message message);
}
