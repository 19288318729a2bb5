/** Shows in a browser what the stack is doing: pages rendered on the server, live where it pays. */
@NullMarked
package dev.onboard.console;

import org.jspecify.annotations.NullMarked;
