/** The interpreter: executions as durable frames, their history, their waits, their map runs. */
@NullMarked
package dev.onboard.local.sfn.run;

import org.jspecify.annotations.NullMarked;
