package dev.onboard.functions.csv;

import dev.onboard.functions.text.WhiteSpace;
import dev.onboard.functions.user.EmailAddress;
import dev.onboard.functions.user.Person;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Decides about a row by the row alone, and therefore always alike. */
public final class RowValidator {

  private static final int MAX_FIELD = 256;

  private RowValidator() {}

  public static Verdict validate(Row row) {
    if (!row.problem().isEmpty()) {
      return new Verdict.Rejected(row.number(), row.problem());
    }
    EnumMap<Field, String> fields = new EnumMap<>(Field.class);
    Map<String, String> attributes = new TreeMap<>();
    for (int i = 0; i < row.cells().size(); i++) {
      String name = row.names().get(i);
      String cell = row.cells().get(i);
      Field field = Field.ofKey(name);
      String value =
          field == null || field == Field.EMAIL
              ? WhiteSpace.trim(cell)
              : WhiteSpace.singleLine(cell);
      if (value.isEmpty()) {
        continue;
      }
      if (field == null) {
        attributes.put(name, value);
      } else if (field != Field.EMAIL && value.length() > MAX_FIELD) {
        return rejected(
            row, "The " + field.key() + " is longer than " + MAX_FIELD + " characters.");
      } else {
        fields.put(field, value);
      }
    }
    String email = fields.getOrDefault(Field.EMAIL, "");
    return EmailAddress.problem(email)
        .<Verdict>map(problem -> rejected(row, problem))
        .orElseGet(() -> new Verdict.Accepted(row.number(), person(fields, attributes)));
  }

  private static Person person(Map<Field, String> fields, Map<String, String> attributes) {
    return new Person(
        EmailAddress.key(fields.getOrDefault(Field.EMAIL, "")),
        fields.get(Field.NAME),
        fields.get(Field.FIRST_NAME),
        fields.get(Field.LAST_NAME),
        fields.get(Field.USERNAME),
        fields.get(Field.LOCALE),
        attributes);
  }

  private static Verdict.Rejected rejected(Row row, String reason) {
    return new Verdict.Rejected(row.number(), reason);
  }
}
