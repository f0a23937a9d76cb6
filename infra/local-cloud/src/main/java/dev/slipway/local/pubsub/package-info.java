/** Cloud Pub/Sub. */
@NullMarked
package dev.slipway.local.pubsub;

import org.jspecify.annotations.NullMarked;
