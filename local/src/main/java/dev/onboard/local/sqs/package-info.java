/** SQS: standard and FIFO queues, dead-letter queues and message move tasks over the one store. */
@NullMarked
package dev.onboard.local.sqs;

import org.jspecify.annotations.NullMarked;
