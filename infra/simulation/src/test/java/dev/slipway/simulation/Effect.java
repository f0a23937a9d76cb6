package dev.slipway.simulation;

/**
 * One call to the outside.
 *
 * @param worker whose: upload, build or deploy
 * @param method the gateway's
 * @param about what it is done to, for people
 */
record Effect(String worker, Door door, String method, String about) {
    /** What is called. */
    enum Door {
        LEDGER,
        ANSWERS,
        BUS,
        ACK,
        DROPS,
        STAGING,
        BUILDS,
        REPOSITORIES,
        SERVICES,
        TRIGGERS,
        LOGS
    }

    /** Whether it changes something there. */
    boolean writes() {
        return switch (method) {
            case "get",
                    "list",
                    "find",
                    "current",
                    "fetch",
                    "createdSince",
                    "tagged",
                    "of",
                    "all",
                    "target",
                    "lastLines" ->
                    false;
            default -> true;
        };
    }

    @Override
    public String toString() {
        return worker + " " + door + "." + method + " " + about;
    }
}
