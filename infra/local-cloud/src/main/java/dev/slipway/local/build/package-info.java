@NullMarked
package dev.slipway.local.build;

import org.jspecify.annotations.NullMarked;
