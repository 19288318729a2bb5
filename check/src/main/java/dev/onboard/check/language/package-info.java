/** Sets of values, computed with exactly: texts as regular languages, numbers as ranges. */
@NullMarked
package dev.onboard.check.language;

import org.jspecify.annotations.NullMarked;
