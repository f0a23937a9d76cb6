/** What a drop would be told, found out before it is dropped. */
@NullMarked
package dev.slipway.cli.check;

import org.jspecify.annotations.NullMarked;
