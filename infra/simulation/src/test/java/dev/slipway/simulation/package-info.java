/** The workers' real handlers under a seeded clock and faults. */
@NullMarked
package dev.slipway.simulation;

import org.jspecify.annotations.NullMarked;
