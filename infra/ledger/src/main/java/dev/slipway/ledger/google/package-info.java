@NullMarked
package dev.slipway.ledger.google;

import org.jspecify.annotations.NullMarked;
