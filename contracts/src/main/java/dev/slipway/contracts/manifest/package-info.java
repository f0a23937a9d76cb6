/**
 * The manifest {@code slipway.yaml}: its schema, how it is read, and what it means with every
 * default filled.
 */
@NullMarked
package dev.slipway.contracts.manifest;

import org.jspecify.annotations.NullMarked;
