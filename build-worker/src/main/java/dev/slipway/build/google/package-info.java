@NullMarked
package dev.slipway.build.google;

import org.jspecify.annotations.NullMarked;
