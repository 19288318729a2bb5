package dev.onboard.patterns;

/** What is no event pattern, with the place at which it ceases to be one. */
public final class PatternException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Position position;

  PatternException(String message, Position position) {
    super(message);
    this.position = position;
  }

  public Position position() {
    return position;
  }
}
