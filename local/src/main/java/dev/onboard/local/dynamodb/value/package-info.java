/**
 * Attribute values: what is a valid one, how they compare, how they are kept and how large they
 * are.
 */
@NullMarked
package dev.onboard.local.dynamodb.value;

import org.jspecify.annotations.NullMarked;
