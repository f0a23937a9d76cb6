package dev.slipway.kit.google;

import java.util.List;

/** Looks at what a worker needs. */
@FunctionalInterface
interface Check {
    /** What is missing now, one short text each; it never fails. */
    List<String> lacking();
}
