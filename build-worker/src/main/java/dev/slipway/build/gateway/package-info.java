@NullMarked
package dev.slipway.build.gateway;

import org.jspecify.annotations.NullMarked;
