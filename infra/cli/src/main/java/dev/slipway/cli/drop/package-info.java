/** From a folder or an archive to an object of the drop bucket. */
@NullMarked
package dev.slipway.cli.drop;

import org.jspecify.annotations.NullMarked;
