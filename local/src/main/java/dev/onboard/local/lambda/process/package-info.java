/** Functions as processes: child JVMs on the Lambda Runtime API, and how many of them there are. */
@NullMarked
package dev.onboard.local.lambda.process;

import org.jspecify.annotations.NullMarked;
