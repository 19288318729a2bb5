/** Tests of CloudWatch through its SDK client. */
@NullMarked
package dev.onboard.local.cloudwatch;

import org.jspecify.annotations.NullMarked;
