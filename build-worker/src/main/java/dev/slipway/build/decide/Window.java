package dev.slipway.build.decide;

/**
 * How many builds are let in. It keeps Cloud Build's own queue short and carries no safety.
 *
 * @param building how many are in now
 * @param size how many may be
 * @param inside whether the one that asks is already counted
 */
public record Window(int building, int size, boolean inside) {
    /** Whether the one that asks may build. */
    public boolean isOpen() {
        return inside || building < size;
    }
}
