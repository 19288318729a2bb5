/** The imports: files that are dropped here, how far each of them is, and what came of it. */
@NullMarked
package dev.onboard.console.imports;

import org.jspecify.annotations.NullMarked;
