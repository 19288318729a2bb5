/** What runs inside a function's process, around the function; it knows nothing of the runtime. */
@NullMarked
package dev.onboard.local.lambda.host;

import org.jspecify.annotations.NullMarked;
