/** Tests of SQS through its SDK client. */
@NullMarked
package dev.onboard.local.sqs;

import org.jspecify.annotations.NullMarked;
