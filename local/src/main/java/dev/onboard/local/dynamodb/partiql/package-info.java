/** PartiQL statements as DynamoDB has them, parsed to conditions and updates of the expressions. */
@NullMarked
package dev.onboard.local.dynamodb.partiql;

import org.jspecify.annotations.NullMarked;
