/** Events that do not fit the schemas that are registered for them. */
@NullMarked
package dev.onboard.local.conformance;

import org.jspecify.annotations.NullMarked;
