/** Expressions: their grammar, what they mean for an item and what they change in it. */
@NullMarked
package dev.onboard.local.dynamodb.expression;

import org.jspecify.annotations.NullMarked;
