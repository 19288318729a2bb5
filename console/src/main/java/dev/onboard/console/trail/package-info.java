/**
 * The events that the buses accepted, as the runtime tells of them, and what one led to another.
 */
@NullMarked
package dev.onboard.console.trail;

import org.jspecify.annotations.NullMarked;
