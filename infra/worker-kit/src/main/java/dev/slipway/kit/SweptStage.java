package dev.slipway.kit;

import dev.slipway.ledger.Stage;
import java.util.Set;

/** A worker's part of the journey, as its sweep continues it. */
public interface SweptStage extends Sweep.Resume {
    /** The stages that this worker continues. */
    Set<Stage> stages();
}
