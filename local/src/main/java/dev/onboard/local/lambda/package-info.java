/** Lambda: functions, versions, aliases, invocations and event source mappings. */
@NullMarked
package dev.onboard.local.lambda;

import org.jspecify.annotations.NullMarked;
