/** What services and builds have written, as it stands and as it goes on. */
@NullMarked
package dev.slipway.cli.logs;

import org.jspecify.annotations.NullMarked;
