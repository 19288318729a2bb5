/** Structured log records, one JSON object a line. */
@NullMarked
package dev.onboard.functions.log;

import org.jspecify.annotations.NullMarked;
