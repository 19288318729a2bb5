package dev.onboard.local.sfn.asl;

/**
 * An expression that cannot be compiled; the message is what a diagnostic of the definition says.
 */
final class InvalidExpression extends Exception {
  InvalidExpression(String message) {
    super(message);
  }
}
