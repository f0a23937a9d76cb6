/** Who somebody is, told by signed tokens as Google's: OpenID Connect. */
@NullMarked
package dev.slipway.local.identity;

import org.jspecify.annotations.NullMarked;
