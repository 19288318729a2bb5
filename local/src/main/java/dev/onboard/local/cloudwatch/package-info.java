/** CloudWatch: metrics, alarms that are evaluated on the clock, and dashboards. */
@NullMarked
package dev.onboard.local.cloudwatch;

import org.jspecify.annotations.NullMarked;
