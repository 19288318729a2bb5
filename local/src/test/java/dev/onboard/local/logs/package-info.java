/** Tests of CloudWatch Logs through its SDK client. */
@NullMarked
package dev.onboard.local.logs;

import org.jspecify.annotations.NullMarked;
