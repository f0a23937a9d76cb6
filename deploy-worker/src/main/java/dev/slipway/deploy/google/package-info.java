@NullMarked
package dev.slipway.deploy.google;

import org.jspecify.annotations.NullMarked;
