/** Executions of state machines: all of them, each with its states, and what a map run started. */
@NullMarked
package dev.onboard.console.execution;

import org.jspecify.annotations.NullMarked;
