/** The demonstration: samples, what is sent to them, and how it is seen that it arrived. */
@NullMarked
package dev.slipway.cli.demo;

import org.jspecify.annotations.NullMarked;
