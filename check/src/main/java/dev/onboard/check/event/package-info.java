/** Events as sets: what schemas describe, what patterns take, what is published. */
@NullMarked
package dev.onboard.check.event;

import org.jspecify.annotations.NullMarked;
