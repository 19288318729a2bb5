/** Event patterns of EventBridge as trees, and why an event matches one or does not. */
@NullMarked
package dev.onboard.patterns;

import org.jspecify.annotations.NullMarked;
