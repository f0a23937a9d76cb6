/** Reading the answers beside the drops, and telling them. */
@NullMarked
package dev.slipway.cli.answers;

import org.jspecify.annotations.NullMarked;
