/** CloudWatch Logs: groups, streams and events, with the filter patterns that search them. */
@NullMarked
package dev.onboard.local.logs;

import org.jspecify.annotations.NullMarked;
