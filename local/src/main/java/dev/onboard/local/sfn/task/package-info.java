/**
 * The integrations: what a Task state's resource calls, and the shape of its answers and errors.
 */
@NullMarked
package dev.onboard.local.sfn.task;

import org.jspecify.annotations.NullMarked;
