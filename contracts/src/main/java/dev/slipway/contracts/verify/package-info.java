/** What verifying a source comes to, for all who do it. */
@NullMarked
package dev.slipway.contracts.verify;

import org.jspecify.annotations.NullMarked;
