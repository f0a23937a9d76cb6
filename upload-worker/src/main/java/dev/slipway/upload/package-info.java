/** What the upload-worker does: one class a behaviour. */
@NullMarked
package dev.slipway.upload;

import org.jspecify.annotations.NullMarked;
