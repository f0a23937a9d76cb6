@NullMarked
package dev.slipway.deploy.gateway;

import org.jspecify.annotations.NullMarked;
