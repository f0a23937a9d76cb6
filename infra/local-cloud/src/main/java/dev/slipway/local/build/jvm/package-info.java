@NullMarked
package dev.slipway.local.build.jvm;

import org.jspecify.annotations.NullMarked;
