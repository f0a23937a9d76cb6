/** Archives from seeds, legal ones and damaged ones, and what others read in them. */
@NullMarked
package dev.slipway.archive.fuzz;

import org.jspecify.annotations.NullMarked;
