/** Waiting, as something that can be given and tested. */
@NullMarked
package dev.onboard.functions.time;

import org.jspecify.annotations.NullMarked;
