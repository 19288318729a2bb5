package dev.onboard.console.web;

/** A request that cannot be answered, with what to tell the person who made it. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  private Refusal(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  public static Refusal notFound(String message) {
    return new Refusal(404, message);
  }

  public static Refusal badRequest(String message) {
    return new Refusal(400, message);
  }

  public static Refusal forbidden(String message) {
    return new Refusal(403, message);
  }

  static Refusal methodNotAllowed(String message) {
    return new Refusal(405, message);
  }

  static Refusal misdirected(String message) {
    return new Refusal(421, message);
  }

  public int status() {
    return status;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
