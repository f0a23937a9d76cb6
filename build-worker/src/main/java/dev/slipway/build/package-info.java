/** Stored source to image: the verbs, one class per incoming message. */
@NullMarked
package dev.slipway.build;

import org.jspecify.annotations.NullMarked;
