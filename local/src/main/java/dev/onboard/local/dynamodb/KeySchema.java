package dev.onboard.local.dynamodb;

import dev.onboard.local.dynamodb.value.DynamoErrors;
import dev.onboard.local.dynamodb.value.KeyCodec;
import dev.onboard.local.dynamodb.value.Limits;
import dev.onboard.local.dynamodb.value.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The attributes that make the key of a table or an index. */
record KeySchema(KeyAttribute partition, @Nullable KeyAttribute sort) {

  List<KeyAttribute> attributes() {
    return sort == null ? List.of(partition) : List.of(partition, sort);
  }

  boolean contains(String attribute) {
    return attributes().stream().anyMatch(a -> a.name().equals(attribute));
  }

  /** The key that a request gives: these attributes and no other. */
  Key key(Map<String, AttributeValue> given) {
    if (given.size() != attributes().size()) {
      throw mismatch();
    }
    for (KeyAttribute attribute : attributes()) {
      AttributeValue value = given.get(attribute.name());
      if (value == null || !attribute.fits(Values.checked(value))) {
        throw mismatch();
      }
      requireNotEmpty(attribute, value);
    }
    return sized(Values.checked(given));
  }

  /** Refuses an item without this key as a batch does, which looks at no more than that. */
  void requireIn(Map<String, AttributeValue> item) {
    for (KeyAttribute attribute : attributes()) {
      AttributeValue value = item.get(attribute.name());
      if (value == null || !attribute.fits(value)) {
        throw mismatch();
      }
    }
  }

  private static AwsServiceException mismatch() {
    return DynamoErrors.validation("The provided key element does not match the schema");
  }

  /** The key of an item that a request gives whole. */
  Key keyOf(Map<String, AttributeValue> item) {
    for (KeyAttribute attribute : attributes()) {
      AttributeValue value = item.get(attribute.name());
      if (value == null) {
        throw DynamoErrors.invalid("Missing the key " + attribute.name() + " in the item");
      }
      if (!attribute.fits(value)) {
        throw DynamoErrors.invalid(
            "Type mismatch for key "
                + attribute.name()
                + " expected: "
                + attribute.type()
                + " actual: "
                + Values.type(value));
      }
      requireNotEmpty(attribute, value);
    }
    return sized(item);
  }

  private static void requireNotEmpty(KeyAttribute attribute, AttributeValue value) {
    if (KeyAttribute.isEmpty(value)) {
      throw DynamoErrors.validation(
          "One or more parameter values are not valid. The AttributeValue for a key attribute"
              + " cannot contain an empty "
              + KeyAttribute.typeInWords(value)
              + " value. Key: "
              + attribute.name());
    }
  }

  private Key sized(Map<String, AttributeValue> item) {
    Key key = encode(item);
    if (key.partition().length > Limits.PARTITION_KEY_BYTES) {
      throw DynamoErrors.invalid(
          "Size of hashkey has exceeded the maximum size limit of"
              + Limits.PARTITION_KEY_BYTES
              + " bytes");
    }
    if (key.sort().length > Limits.SORT_KEY_BYTES) {
      throw DynamoErrors.invalid(
          "Aggregated size of all range keys has exceeded the size limit of "
              + Limits.SORT_KEY_BYTES
              + " bytes");
    }
    return key;
  }

  /** The key of an item that has these attributes in their types. */
  Key encode(Map<String, AttributeValue> item) {
    return new Key(
        KeyCodec.encode(item.get(partition.name())),
        sort == null ? KeyCodec.none() : KeyCodec.encode(item.get(sort.name())));
  }

  /** Whether an item has all of these attributes, in their types and not empty. */
  boolean isIn(Map<String, AttributeValue> item) {
    return attributes().stream()
        .allMatch(a ->
            item.get(a.name()) instanceof AttributeValue value
                && a.fits(value)
                && !KeyAttribute.isEmpty(value));
  }

  /** The key attributes of an item, of this schema and then of another that adds to it. */
  Map<String, AttributeValue> attributesOf(
      Map<String, AttributeValue> item, @Nullable KeySchema more) {
    var attributes = new LinkedHashMap<String, AttributeValue>();
    Stream.concat(attributes().stream(), more == null ? Stream.empty() : more.attributes().stream())
        .forEach(a -> attributes.put(a.name(), item.get(a.name())));
    return attributes;
  }
}
