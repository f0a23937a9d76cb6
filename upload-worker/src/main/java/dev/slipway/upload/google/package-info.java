/** The gateways on Cloud Storage. */
@NullMarked
package dev.slipway.upload.google;

import org.jspecify.annotations.NullMarked;
