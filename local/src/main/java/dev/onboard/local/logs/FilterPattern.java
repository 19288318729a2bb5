package dev.onboard.local.logs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A filter pattern (CloudWatch Logs user guide, "Filter pattern syntax"): terms, quoted phrases,
 * {@code %regular expressions%}, exclusions with a minus, alternatives with a question mark, or a
 * condition on JSON in braces. Patterns in brackets are refused.
 */
final class FilterPattern {
  private final Predicate<String> predicate;

  private FilterPattern(Predicate<String> predicate) {
    this.predicate = predicate;
  }

  static FilterPattern parse(@Nullable String text) {
    String pattern = text == null ? "" : text.trim();
    if (pattern.isEmpty()) {
      return new FilterPattern(message -> true);
    }
    if (pattern.startsWith("{")) {
      return new FilterPattern(new JsonCondition(pattern).parse());
    }
    if (pattern.startsWith("[")) {
      throw LogsErrors.unsupported("FilterLogEvents", "a space-delimited filterPattern");
    }
    return new FilterPattern(terms(pattern));
  }

  boolean matches(String message) {
    return predicate.test(message);
  }

  private static Predicate<String> terms(String pattern) {
    var needed = new ArrayList<Predicate<String>>();
    var excluded = new ArrayList<Predicate<String>>();
    var optional = new ArrayList<Predicate<String>>();
    int at = 0;
    while (at < pattern.length()) {
      char c = pattern.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
        continue;
      }
      List<Predicate<String>> into = c == '-' ? excluded : c == '?' ? optional : needed;
      int start = into == needed ? at : at + 1;
      int end = end(pattern, start);
      into.add(term(pattern.substring(start, end)));
      at = end;
    }
    // AWS ignores alternatives beside terms that must be there or must not.
    if (needed.isEmpty() && excluded.isEmpty()) {
      return message -> optional.stream().anyMatch(p -> p.test(message));
    }
    return message ->
        needed.stream().allMatch(p -> p.test(message))
            && excluded.stream().noneMatch(p -> p.test(message));
  }

  private static int end(String pattern, int start) {
    if (start >= pattern.length()) {
      throw invalid(pattern);
    }
    char quote = pattern.charAt(start);
    if (quote == '"' || quote == '%') {
      int end = start + 1;
      while (end < pattern.length() && pattern.charAt(end) != quote) {
        end += pattern.charAt(end) == '\\' ? 2 : 1;
      }
      if (end >= pattern.length()) {
        throw invalid(pattern);
      }
      return end + 1;
    }
    int end = start;
    while (end < pattern.length() && !Character.isWhitespace(pattern.charAt(end))) {
      end++;
    }
    return end;
  }

  private static Predicate<String> term(String term) {
    if (term.startsWith("%")) {
      Pattern regex = regex(term.substring(1, term.length() - 1));
      return message -> regex.matcher(message).find();
    }
    String phrase = term.startsWith("\"") ? unquote(term) : term;
    if (!term.startsWith("\"") && !term.matches("[\\p{L}\\p{Nd}_./:@=+*#$&;,<>'!-]+")) {
      throw invalid(term);
    }
    return message -> message.contains(phrase);
  }

  static String unquote(String quoted) {
    return quoted.substring(1, quoted.length() - 1).replaceAll("\\\\(.)", "$1");
  }

  static Pattern regex(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw invalid(text);
    }
  }

  static RuntimeException invalid(String pattern) {
    return LogsErrors.invalid("Invalid filter pattern: " + pattern);
  }
}
