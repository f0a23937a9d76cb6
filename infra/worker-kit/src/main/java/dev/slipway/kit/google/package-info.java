@NullMarked
package dev.slipway.kit.google;

import org.jspecify.annotations.NullMarked;
