/** White space as people type it. */
@NullMarked
package dev.onboard.functions.text;

import org.jspecify.annotations.NullMarked;
