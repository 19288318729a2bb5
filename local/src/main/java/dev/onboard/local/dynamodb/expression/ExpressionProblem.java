package dev.onboard.local.dynamodb.expression;

/** What is wrong with an expression; whoever knows its name makes a validation error of it. */
final class ExpressionProblem extends RuntimeException {
  ExpressionProblem(String message) {
    super(message, null, false, false);
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
