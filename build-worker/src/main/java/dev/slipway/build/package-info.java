@NullMarked
package dev.slipway.build;

import org.jspecify.annotations.NullMarked;
