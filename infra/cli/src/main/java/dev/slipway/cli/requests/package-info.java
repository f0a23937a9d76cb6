/** What people ask of a service: put beside the ledger's records, and followed to its answer. */
@NullMarked
package dev.slipway.cli.requests;

import org.jspecify.annotations.NullMarked;
