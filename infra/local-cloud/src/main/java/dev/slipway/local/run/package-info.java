/** Cloud Run Admin API v2: services and revisions, and the instances that serve them. */
@NullMarked
package dev.slipway.local.run;

import org.jspecify.annotations.NullMarked;
