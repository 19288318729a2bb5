/** The ways to the pages of things that several subjects speak of. */
@NullMarked
package dev.onboard.console.link;

import org.jspecify.annotations.NullMarked;
