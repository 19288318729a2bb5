package dev.onboard.functions.user;

import dev.onboard.functions.text.WhiteSpace;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of somebody who is to become a user. Names are on one line and not blank, however
 * they were written: a line break in one would be a line break of the welcome mail.
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
    name = line(name);
    firstName = line(firstName);
    lastName = line(lastName);
    username = line(username);
    locale = line(locale);
    attributes = Map.copyOf(attributes);
  }

  private static @Nullable String line(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String line = WhiteSpace.singleLine(text);
    return line.isEmpty() ? null : line;
  }
}
