package dev.onboard.local.lambda;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A function as callers name it: a name, a partial or a whole ARN, each with a version or an alias
 * or without.
 *
 * @param qualifier {@code $LATEST}, a number or the name of an alias; null if none was given
 */
record FunctionName(String name, @Nullable String qualifier) {
  static final String LATEST = "$LATEST";

  private static final Pattern FORM =
      Pattern.compile(
          "(?:arn:aws[\\w-]*:lambda:[\\w-]+:)?(?:\\d{12}:)?(?:function:)?"
              + "([A-Za-z0-9_-]{1,140})(?::(\\$LATEST|[A-Za-z0-9_-]{1,128}))?");

  static FunctionName parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw Errors.invalid(
          "1 validation error detected: Value '"
              + text
              + "' at 'functionName' failed to satisfy constraint: Member must satisfy regular"
              + " expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?"
              + "(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
    }
    return new FunctionName(form.group(1), form.group(2));
  }

  /** The name with a qualifier that was given beside it. */
  static FunctionName parse(String text, @Nullable String qualifier) {
    FunctionName parsed = parse(text);
    if (qualifier == null || qualifier.equals(parsed.qualifier)) {
      return parsed;
    } else if (parsed.qualifier != null) {
      throw Errors.invalid(
          "The derived qualifier from the function name does not match the specified qualifier.");
    }
    return new FunctionName(parsed.name, qualifier);
  }

  String qualifierOrLatest() {
    return qualifier == null ? LATEST : qualifier;
  }
}
