/** Proves of a template and what it includes what can be proved without running it. */
@NullMarked
package dev.onboard.check;

import org.jspecify.annotations.NullMarked;
