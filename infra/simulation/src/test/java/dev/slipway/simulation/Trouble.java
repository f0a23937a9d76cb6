package dev.slipway.simulation;

/** What can make a schedule hard, besides calls that fail. */
enum Trouble {
    /** The bus delivers twice. */
    DUPLICATES,
    /** Cloud Storage's and Cloud Build's own notifications do not come. */
    LOSSES,
    /** The bus delivers late, and so in another order. */
    DELAYS,
    /** An acknowledgement does not arrive. */
    LOST_ACKS,
    /** Everything that waits on the bus is gone, once. */
    BUS_WIPED,
    /** Two processes of each worker. */
    SECOND_REPLICA,
    /** A machine's clock is hours away from the storage's. */
    CLOCKS_DISAGREE,
    /** A new build is not listed at once. */
    BUILDS_LISTED_LATE,
    /** The source's fault. */
    BUILD_FAILS,
    /** Cloud Build: INTERNAL_ERROR. */
    BUILD_INTERNAL_ERROR,
    /** Cloud Build: EXPIRED. */
    BUILD_EXPIRES,
    /** Cloud Build: RESOURCE_EXHAUSTED. */
    BUILDS_FULL,
    /** The container does not start. */
    START_FAILS,
    /** Cloud Run cannot start it. */
    START_FAILS_BY_PLATFORM,
    /** A rollout takes minutes. */
    SLOW_ROLLOUTS,
    /** The etag changes with the status too. */
    ETAG_FOLLOWS_STATUS,
    /** Somebody deletes a service. */
    STRANGER_DELETES,
    /** Somebody wipes a service's annotations. */
    STRANGER_WIPES,
    /** A drop has the same content as one before. */
    SAME_CONTENT,
    /** A drop wants events. */
    EVENTS,
    /** A drop wants to be called by everybody. */
    PUBLIC,
    /** A drop is no archive. */
    INVALID,
    /** A drop takes the name of one before. */
    OVERWRITTEN,
    /** A drop is deleted for good, perhaps before anybody has read it. */
    REMOVED,
    /** States in between are shown as well. */
    PROGRESS_SHOWN,
    /** People ask something of a service. */
    REQUESTS
}
