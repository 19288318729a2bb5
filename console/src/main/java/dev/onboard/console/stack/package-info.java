/** The deployed stack in its own terms: outputs, resources, and the items of its tables. */
@NullMarked
package dev.onboard.console.stack;

import org.jspecify.annotations.NullMarked;
