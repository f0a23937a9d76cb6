@NullMarked
package dev.slipway.local.build.node;

import org.jspecify.annotations.NullMarked;
