/** Buses and their rules: what a rule says to an event, what it did, where its targets are. */
@NullMarked
package dev.onboard.console.bus;

import org.jspecify.annotations.NullMarked;
