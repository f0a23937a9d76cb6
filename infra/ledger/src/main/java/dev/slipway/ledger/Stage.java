package dev.slipway.ledger;

/** How far a deployment is; the constants stand in the order of the journey. */
public enum Stage {
    /** The drop is known. */
    RECEIVED,
    /** Staged bytes and manifest are durable; the drop is never read again. */
    VERIFIED,
    /** Somebody is about to submit the build. */
    CLAIMED,
    /** The build is submitted and its id recorded. */
    BUILDING,
    /** The image's digest is recorded. */
    BUILT,
    /** The point of no return: from here the service's own annotations decide. */
    DEPLOYING,
    /** It is over; the verdict stands. */
    DONE;

    /** The identity id, in the topology, of the worker whose stage this is. */
    public String worker() {
        return switch (this) {
            case RECEIVED -> "upload";
            case VERIFIED, CLAIMED, BUILDING -> "build";
            case BUILT, DEPLOYING, DONE -> "deploy"; // what is done waits for nobody
        };
    }
}
