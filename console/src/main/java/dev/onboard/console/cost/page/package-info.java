/** The page that says what things would cost. */
@NullMarked
package dev.onboard.console.cost.page;

import org.jspecify.annotations.NullMarked;
