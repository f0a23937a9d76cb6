@NullMarked
package dev.slipway.local.artifacts;

import org.jspecify.annotations.NullMarked;
