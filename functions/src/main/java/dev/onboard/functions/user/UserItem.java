package dev.onboard.functions.user;

import dev.onboard.functions.user.User.Imported;
import dev.onboard.functions.user.User.Registered;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A user as an item of the users table. */
final class UserItem {

  private UserItem() {}

  static Map<String, AttributeValue> of(User user) {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    Person person = user.person();
    put(item, "email", person.email());
    put(item, "userId", user.userId());
    put(item, "createdAt", user.createdAt());
    put(item, "name", person.name());
    put(item, "firstName", person.firstName());
    put(item, "lastName", person.lastName());
    put(item, "username", person.username());
    put(item, "locale", person.locale());
    if (!person.attributes().isEmpty()) {
      Map<String, AttributeValue> attributes = new TreeMap<>();
      person.attributes().forEach((name, value) -> put(attributes, name, value));
      item.put("attributes", AttributeValue.fromM(attributes));
    }
    switch (user.origin()) {
      case Imported(String importId, int row, String batch) -> {
        put(item, "importId", importId);
        item.put("row", AttributeValue.fromN(Integer.toString(row)));
        put(item, "batch", batch);
      }
      case Registered(String eventId, String publishedAt) -> {
        put(item, "eventId", eventId);
        put(item, "publishedAt", publishedAt);
      }
    }
    return item;
  }

  static User user(Map<String, AttributeValue> item) {
    Map<String, String> attributes = new TreeMap<>();
    AttributeValue stored = item.get("attributes");
    if (stored != null && stored.hasM()) {
      stored.m().forEach((name, value) -> attributes.put(name, text(value)));
    }
    Person person =
        new Person(
            required(item, "email"),
            optional(item, "name"),
            optional(item, "firstName"),
            optional(item, "lastName"),
            optional(item, "username"),
            optional(item, "locale"),
            attributes);
    return new User(person, required(item, "createdAt"), origin(item));
  }

  private static User.Origin origin(Map<String, AttributeValue> item) {
    String importId = optional(item, "importId");
    AttributeValue row = item.get("row");
    return importId == null || row == null
        ? new Registered(
            Objects.requireNonNullElse(optional(item, "eventId"), ""),
            optional(item, "publishedAt"))
        : new Imported(importId, Integer.parseInt(row.n()), required(item, "batch"));
  }

  private static String text(AttributeValue value) {
    return value.s() != null ? value.s() : value.toString();
  }

  private static void put(Map<String, AttributeValue> item, String name, @Nullable String value) {
    if (value != null) {
      item.put(name, AttributeValue.fromS(value));
    }
  }

  private static @Nullable String optional(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? null : value.s();
  }

  private static String required(Map<String, AttributeValue> item, String name) {
    String value = optional(item, name);
    if (value == null) {
      throw new IllegalStateException("a user's item must have the attribute " + name);
    }
    return value;
  }
}
