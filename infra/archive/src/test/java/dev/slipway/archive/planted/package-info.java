/** Violations of this module's rules, each planted to see its rule report it. */
@NullMarked
package dev.slipway.archive.planted;

import org.jspecify.annotations.NullMarked;
