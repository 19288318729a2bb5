package dev.onboard.local.dynamodb;

import dev.onboard.local.dynamodb.value.DynamoErrors;
import dev.onboard.local.dynamodb.value.Limits;
import dev.onboard.local.dynamodb.value.Values;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An item with its size in bytes as DynamoDB counts it. */
record Stored(Map<String, AttributeValue> item, int size) {

  /** An item to be stored. */
  static Stored of(Map<String, AttributeValue> item, boolean updated) {
    int size = Values.size(item);
    if (size > Limits.ITEM_BYTES) {
      throw DynamoErrors.validation(
          updated
              ? "Item size to update has exceeded the maximum allowed size"
              : "Item size has exceeded the maximum allowed size");
    }
    return new Stored(item, size);
  }
}
