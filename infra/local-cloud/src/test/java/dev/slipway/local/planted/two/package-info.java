/** Violations of this module's rules, each planted to see its rule report it. */
@NullMarked
package dev.slipway.local.planted.two;

import org.jspecify.annotations.NullMarked;
