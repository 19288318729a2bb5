/** DynamoDB: tables, items, indexes, expressions, transactions and PartiQL over the one store. */
@NullMarked
package dev.onboard.local.dynamodb;

import org.jspecify.annotations.NullMarked;
