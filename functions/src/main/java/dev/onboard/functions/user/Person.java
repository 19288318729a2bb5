package dev.onboard.functions.user;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of somebody who is to become a user.
 *
 * @param email as {@link EmailAddress#key} has it
 * @param attributes everything else, by column name
 */
public record Person(
    String email,
    @Nullable String name,
    @Nullable String firstName,
    @Nullable String lastName,
    @Nullable String username,
    @Nullable String locale,
    Map<String, String> attributes) {

  public Person {
    attributes = Map.copyOf(attributes);
  }
}
