@NullMarked
package dev.slipway.local.build.language;

import org.jspecify.annotations.NullMarked;
