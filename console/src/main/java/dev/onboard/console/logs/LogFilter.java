package dev.onboard.console.logs;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which lines are wanted.
 *
 * @param text that they contain, or a filter pattern of CloudWatch's; null for any
 * @param correlation the correlation id that they tell; null for any
 */
record LogFilter(@Nullable String text, @Nullable String correlation) {
  /**
   * How patterns begin that say more than a text: conditions, phrases, expressions, alternatives.
   */
  private static final Pattern SYNTAX = Pattern.compile("[{\"%?].*", Pattern.DOTALL);

  boolean isOfAll() {
    return text == null && correlation == null;
  }

  /** What CloudWatch is asked for. */
  String pattern() {
    if (text != null) {
      return SYNTAX.matcher(text).matches() ? text : phrase(text);
    }
    return correlation == null ? "" : phrase(correlation);
  }

  /** What CloudWatch's patterns cannot say beside the text. */
  boolean takes(String message) {
    return text == null || correlation == null || message.contains(correlation);
  }

  private static String phrase(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
