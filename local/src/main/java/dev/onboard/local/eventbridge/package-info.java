/**
 * Classic EventBridge: buses, rules, targets, durable deliveries, archives, replays and schedules.
 */
@NullMarked
package dev.onboard.local.eventbridge;

import org.jspecify.annotations.NullMarked;
