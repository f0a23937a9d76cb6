/**
 * Cloud Storage's JSON API. {@code CloudStorage} mounts it, {@code Routes} names every call that is
 * answered, {@code Versions} is the one place where an object changes.
 */
@NullMarked
package dev.slipway.local.storage;

import org.jspecify.annotations.NullMarked;
