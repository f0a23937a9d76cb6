package dev.slipway.build.gateway;

import dev.slipway.build.decide.BuildNotice;
import dev.slipway.kit.Message;
import java.util.Optional;

/** Reads what the platform says of builds. */
@FunctionalInterface
public interface BuildNotices {
    /** What the message says; empty where it is no such message. */
    Optional<BuildNotice> read(Message message);
}
