/** Doors to the outside, in this worker's words. */
@NullMarked
package dev.slipway.upload.gateway;

import org.jspecify.annotations.NullMarked;
