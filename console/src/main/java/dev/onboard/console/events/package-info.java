/** The pages of events: what is on the buses, what became of each and why, and new ones. */
@NullMarked
package dev.onboard.console.events;

import org.jspecify.annotations.NullMarked;
