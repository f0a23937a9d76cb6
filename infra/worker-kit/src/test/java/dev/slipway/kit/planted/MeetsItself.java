package dev.slipway.kit.planted;

import dev.slipway.kit.planted.cycle.GoesRound;
import java.util.List;

/** The other half of the cycle. */
public record MeetsItself(List<GoesRound> others) {
    /** How many there are. */
    int count() {
        return others.stream().mapToInt(other -> other.other().count()).sum();
    }
}
