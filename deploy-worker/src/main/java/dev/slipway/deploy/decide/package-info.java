@NullMarked
package dev.slipway.deploy.decide;

import org.jspecify.annotations.NullMarked;
