@NullMarked
package dev.slipway.kit;

import org.jspecify.annotations.NullMarked;
