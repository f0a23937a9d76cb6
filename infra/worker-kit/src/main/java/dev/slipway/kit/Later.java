package dev.slipway.kit;

/** Does what nobody waits for, a little later and one after the other; it may be left out. */
@FunctionalInterface
public interface Later {
    /** At once, for whoever has no other thread. */
    Later NOW = Runnable::run;

    /** Returns before the task is done, or even begun. */
    void run(Runnable task);
}
