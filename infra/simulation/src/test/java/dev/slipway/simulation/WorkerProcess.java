package dev.slipway.simulation;

/** One process of a worker: all its tasks end with it, and stand still while it is frozen. */
final class WorkerProcess {
    private final String name;
    private boolean alive = true;
    private long frozenUntil;

    WorkerProcess(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    boolean isAlive() {
        return alive;
    }

    void kill() {
        alive = false;
    }

    /** Milliseconds since the beginning. */
    long frozenUntil() {
        return frozenUntil;
    }

    void freezeUntil(long millis) {
        frozenUntil = Math.max(frozenUntil, millis);
    }
}
