/** Starter folders. */
@NullMarked
package dev.slipway.cli.init;

import org.jspecify.annotations.NullMarked;
