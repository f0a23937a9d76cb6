/** Decides about drops; no clock, no I/O. */
@NullMarked
package dev.slipway.upload.decide;

import org.jspecify.annotations.NullMarked;
