/** What {@code gcloud}'s own options say of a deployment, written into its manifest. */
@NullMarked
package dev.slipway.cli.flags;

import org.jspecify.annotations.NullMarked;
