/**
 * The deployed stack as a map: where events come from, where they go, and how much of it happened.
 */
@NullMarked
package dev.onboard.console.flow;

import org.jspecify.annotations.NullMarked;
