/**
 * Source archives: read with suspicion, written canonically.
 *
 * <p>Zip and tar are read by this package itself. Libraries trust an archive's own numbers for what
 * they keep in memory, hide a name's raw bytes, or leave checksums to the caller; here every number
 * is a claim until counted.
 */
@NullMarked
package dev.slipway.archive;

import org.jspecify.annotations.NullMarked;
