/** SNS: topics, their subscriptions, and what is published delivered to queues and functions. */
@NullMarked
package dev.onboard.local.sns;

import org.jspecify.annotations.NullMarked;
