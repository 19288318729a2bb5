/** Queues: what waits in them and why, looked at without receiving it, and what can be done. */
@NullMarked
package dev.onboard.console.queues;

import org.jspecify.annotations.NullMarked;
