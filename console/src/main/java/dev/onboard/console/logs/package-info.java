/** The logs: what the functions and others wrote, newest first, while they write it. */
@NullMarked
package dev.onboard.console.logs;

import org.jspecify.annotations.NullMarked;
