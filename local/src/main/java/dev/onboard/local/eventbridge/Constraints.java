package dev.onboard.local.eventbridge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The constraints of the service's model on the members of one request, reported all at once. */
final class Constraints {
  static final Pattern NAME = Pattern.compile("[\\.\\-_A-Za-z0-9]+");
  static final Pattern BUS_NAME = Pattern.compile("[/\\.\\-_A-Za-z0-9]+");
  static final Pattern BUS_NAME_OR_ARN =
      Pattern.compile(
          "(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?"
              + "[/\\.\\-_A-Za-z0-9]+");

  private final List<String> broken = new ArrayList<>();

  Constraints required(String path, @Nullable Object value) {
    if (value == null) {
      broken.add("Value null at '" + path + "'" + must("not be null"));
    }
    return this;
  }

  Constraints pattern(String path, @Nullable String value, Pattern pattern) {
    if (value != null && !pattern.matcher(value).matches()) {
      fail(path, value, "satisfy regular expression pattern: " + pattern.pattern());
    }
    return this;
  }

  Constraints length(String path, @Nullable String value, int min, int max) {
    if (value != null && value.length() < min) {
      fail(path, value, "have length greater than or equal to " + min);
    }
    if (value != null && value.length() > max) {
      fail(path, value, "have length less than or equal to " + max);
    }
    return this;
  }

  /** A required or optional name: letters, digits and {@code . - _}. */
  Constraints name(String path, @Nullable String value, int max) {
    return pattern(path, value, NAME).length(path, value, 1, max);
  }

  Constraints range(String path, @Nullable Integer value, int min, int max) {
    if (value != null && value < min) {
      fail(path, value, "have value greater than or equal to " + min);
    }
    if (value != null && value > max) {
      fail(path, value, "have value less than or equal to " + max);
    }
    return this;
  }

  Constraints size(String path, Collection<?> value, int min, int max) {
    if (value.size() < min) {
      fail(path, value, "have length greater than or equal to " + min);
    }
    if (value.size() > max) {
      fail(path, value, "have length less than or equal to " + max);
    }
    return this;
  }

  Constraints choice(String path, @Nullable String value, Collection<?> choices) {
    if (value != null && choices.stream().noneMatch(c -> c.toString().equals(value))) {
      fail(path, value, "satisfy enum value set: " + choices);
    }
    return this;
  }

  /** As {@link #choice}, for the members of which AWS takes lower case, too. */
  Constraints choiceInAnyCase(String path, @Nullable String value, Collection<?> choices) {
    boolean known =
        value != null && choices.stream().anyMatch(c -> c.toString().equalsIgnoreCase(value));
    return known ? this : choice(path, value, choices);
  }

  /** Refuses the request if a constraint was broken. */
  void check() {
    if (!broken.isEmpty()) {
      throw EventErrors.validation(
          broken.size()
              + (broken.size() == 1 ? " validation error" : " validation errors")
              + " detected: "
              + String.join("; ", broken));
    }
  }

  private void fail(String path, Object value, String rule) {
    broken.add("Value '" + value + "' at '" + path + "'" + must(rule));
  }

  private static String must(String rule) {
    return " failed to satisfy constraint: Member must " + rule;
  }
}
