package dev.onboard.local.cloudwatch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Metric math as far as it goes here: sums and differences of other queries by their ids, and
 * {@code SUM(METRICS())} over those whose id holds a text.
 *
 * @param terms the queries with the sign that each has
 */
record Expression(List<Term> terms) {
  private static final Pattern SUM =
      Pattern.compile("\\s*SUM\\(\\s*METRICS\\(\\s*(?:[\"']([^\"']*)[\"'])?\\s*\\)\\s*\\)\\s*");
  private static final Pattern TERM = Pattern.compile("\\s*([+-]?)\\s*([a-z]\\w*)");

  /** One operand. */
  record Term(int sign, String id) {}

  /**
   * Parses an expression.
   *
   * @param ids the queries that are there
   * @throws software.amazon.awssdk.awscore.exception.AwsServiceException if it is more than this
   *     runtime has
   */
  static Expression parse(String operation, String text, List<String> ids) {
    Matcher sum = SUM.matcher(text);
    if (sum.matches()) {
      String part = sum.group(1) == null ? "" : sum.group(1);
      return new Expression(
          ids.stream().filter(id -> id.contains(part)).map(id -> new Term(1, id)).toList());
    }
    Matcher matcher = TERM.matcher(text);
    var terms = new ArrayList<Term>();
    int at = 0;
    while (matcher.lookingAt() && (terms.isEmpty() || !matcher.group(1).isEmpty())) {
      terms.add(new Term(matcher.group(1).equals("-") ? -1 : 1, matcher.group(2)));
      at = matcher.end();
      matcher.region(at, text.length());
    }
    if (terms.isEmpty() || !text.substring(at).isBlank()) {
      throw Errors.unsupported(operation, "the expression " + text);
    }
    return new Expression(terms);
  }

  double evaluate(ToDoubleFunction<String> values) {
    return terms.stream().mapToDouble(t -> t.sign() * values.applyAsDouble(t.id())).sum();
  }
}
