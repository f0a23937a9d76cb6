/** Violations of the rules for workers, each planted to see its rule report it. */
@NullMarked
package dev.slipway.kit.planted.google;

import org.jspecify.annotations.NullMarked;
