/**
 * The whole chain as real processes, driven by the command people type and Google's own clients.
 */
@NullMarked
package dev.slipway.endtoend;

import org.jspecify.annotations.NullMarked;
