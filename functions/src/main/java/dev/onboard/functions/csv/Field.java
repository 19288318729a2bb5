package dev.onboard.functions.csv;

import dev.onboard.functions.text.WhiteSpace;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A column that Onboard knows, under any of the names that people give it. */
public enum Field {
  EMAIL("email", "email", "mail", "emailaddress", "mailaddress"),
  NAME("name", "name", "fullname"),
  FIRST_NAME("firstName", "firstname", "givenname"),
  LAST_NAME("lastName", "lastname", "surname", "familyname"),
  USERNAME("username", "username", "login"),
  LOCALE("locale", "locale", "language");

  private static final Map<String, Field> BY_ALIAS = new HashMap<>();
  private static final Map<String, Field> BY_KEY = new HashMap<>();

  static {
    for (Field field : values()) {
      BY_KEY.put(field.key, field);
      for (String alias : field.aliases) {
        BY_ALIAS.put(alias, field);
      }
    }
  }

  private final String key;
  private final String[] aliases;

  Field(String key, String... aliases) {
    this.key = key;
    this.aliases = aliases;
  }

  /** The name in prepared rows, users and events. */
  public String key() {
    return key;
  }

  static @Nullable Field ofKey(String key) {
    return BY_KEY.get(key);
  }

  /**
   * The field that a column of this name holds; case, spaces, {@code _} and {@code -} do not
   * matter.
   */
  static @Nullable Field ofHeader(String header) {
    StringBuilder bare = new StringBuilder(header.length());
    for (int i = 0; i < header.length(); i++) {
      char c = header.charAt(i);
      if (c != '_' && c != '-' && !WhiteSpace.isBlank(c)) {
        bare.append(c);
      }
    }
    return BY_ALIAS.get(bare.toString().toLowerCase(Locale.ROOT));
  }
}
