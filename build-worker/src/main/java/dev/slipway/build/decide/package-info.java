@NullMarked
package dev.slipway.build.decide;

import org.jspecify.annotations.NullMarked;
