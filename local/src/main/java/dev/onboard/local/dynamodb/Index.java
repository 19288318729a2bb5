package dev.onboard.local.dynamodb;

import dev.onboard.local.dynamodb.value.DynamoErrors;
import dev.onboard.local.dynamodb.value.Values;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A secondary index.
 *
 * @param id under which its entries are kept
 * @param projected the attributes that it holds; null if it holds all
 */
record Index(
    long id, String name, boolean global, KeySchema keys, @Nullable Set<String> projected) {

  boolean holds(String attribute) {
    return projected == null || projected.contains(attribute);
  }

  /** What the index holds of an item. */
  Map<String, AttributeValue> of(Map<String, AttributeValue> item) {
    if (projected == null) {
      return item;
    }
    var held = new LinkedHashMap<>(item);
    held.keySet().retainAll(projected);
    return held;
  }

  /** Refuses an item that is put with a key of this index that the index cannot have. */
  void requireFits(Map<String, AttributeValue> item, boolean updated) {
    for (KeyAttribute attribute : keys.attributes()) {
      AttributeValue value = item.get(attribute.name());
      if (value != null && !attribute.fits(value)) {
        throw DynamoErrors.invalid(
            updated
                ? "The update expression attempted to update the secondary index key to"
                    + " unsupported type"
                : "Type mismatch for Index Key "
                    + attribute.name()
                    + " Expected: "
                    + attribute.type()
                    + " Actual: "
                    + Values.type(value)
                    + " IndexName: "
                    + name);
      }
      if (value != null && KeyAttribute.isEmpty(value)) {
        throw DynamoErrors.validation(
            "One or more parameter values are not valid. A value specified for a secondary index"
                + " key is not supported. The AttributeValue for a key attribute cannot contain an"
                + " empty "
                + KeyAttribute.typeInWords(value)
                + " value. IndexName: "
                + name
                + ", IndexKey: "
                + attribute.name());
      }
    }
  }
}
