package dev.onboard.functions.user;

import org.jspecify.annotations.Nullable;

/**
 * A user as stored; never overwritten.
 *
 * @param createdAt ISO 8601: the start of the import or the time of the registration, so that a
 *     retry says the same
 * @param origin where the user came from
 */
public record User(Person person, String createdAt, Origin origin) {

  /** Where a user came from, which also says who owes its UserCreated event. */
  public sealed interface Origin {}

  /**
   * A row of an uploaded file.
   *
   * @param batch key of the batch that publishes the user
   */
  public record Imported(String importId, int row, String batch) implements Origin {}

  /**
   * A UserRegistered event.
   *
   * @param publishedAt when the user's event was accepted by the bus, or null
   */
  public record Registered(String eventId, @Nullable String publishedAt) implements Origin {}

  public String email() {
    return person.email();
  }

  public String userId() {
    return userId(person.email());
  }

  /** The id under which the user is known to others. */
  public static String userId(String email) {
    return Sha256.hex(email);
  }

  /** The id of the one event that tells of the user, the same whoever publishes it. */
  public static String eventId(String userId) {
    return Sha256.hex("UserCreated:" + userId);
  }
}
