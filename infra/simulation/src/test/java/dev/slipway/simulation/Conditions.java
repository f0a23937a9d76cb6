package dev.slipway.simulation;

import java.util.Map;

/**
 * What one schedule is made of.
 *
 * @param services how many there are
 * @param drops how many archives are dropped
 * @param within how many milliseconds the drops come in
 * @param troubles how likely each is where it can happen; absent: never
 * @param faults how calls go
 */
record Conditions(
        int services, int drops, long within, Map<Trouble, Double> troubles, Faults faults) {
    double likely(Trouble trouble) {
        return troubles.getOrDefault(trouble, 0.0);
    }
}
