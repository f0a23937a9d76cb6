/** What benchmarks need a program for: drops, outcomes, and the same calls without the chain. */
@NullMarked
package dev.slipway.benchmarks;

import org.jspecify.annotations.NullMarked;
