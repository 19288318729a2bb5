/**
 * What DynamoDB's batches and transactions leave to their callers: parts that failed, conflicts,
 * retries.
 */
@NullMarked
package dev.onboard.functions.dynamo;

import org.jspecify.annotations.NullMarked;
