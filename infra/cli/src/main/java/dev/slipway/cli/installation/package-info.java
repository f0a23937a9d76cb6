/** The installation on this machine: its home, its processes, its topology. */
@NullMarked
package dev.slipway.cli.installation;

import org.jspecify.annotations.NullMarked;
