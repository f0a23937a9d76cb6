/** Violations of this module's rules, each planted to see its rule report it. */
@NullMarked
package dev.slipway.cli.planted;

import org.jspecify.annotations.NullMarked;
