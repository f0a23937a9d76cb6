/** Eventarc: triggers that carry Pub/Sub messages and bucket events to Cloud Run services. */
@NullMarked
package dev.slipway.local.eventarc;

import org.jspecify.annotations.NullMarked;
