/** Violations of this module's rules, each planted to see its rule report it. */
@NullMarked
package dev.slipway.ledger.planted.google;

import org.jspecify.annotations.NullMarked;
