/** The services of a cloud: which there are, where they answer, and calls of them. */
@NullMarked
package dev.slipway.cli.services;

import org.jspecify.annotations.NullMarked;
