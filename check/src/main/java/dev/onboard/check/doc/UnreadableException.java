package dev.onboard.check.doc;

/** What cannot be read, and where. */
public final class UnreadableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Place place;

  public UnreadableException(Place place, String message) {
    super(message);
    this.place = place;
  }

  public Place place() {
    return place;
  }
}
