package dev.onboard.functions.user;

import dev.onboard.functions.user.User.Imported;
import dev.onboard.functions.user.User.Registered;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes users of people who registered, once each, and publishes each at least once. */
public final class Registrar {

  /** What became of a registration. */
  public enum Outcome {
    CREATED,
    /** An earlier attempt or another registration stored the user but did not publish it. */
    PUBLISHED_AGAIN,
    EXISTING
  }

  private final UserStore users;
  private final UserPublisher publisher;
  private final Clock clock;

  public Registrar(UserStore users, UserPublisher publisher, Clock clock) {
    this.users = users;
    this.publisher = publisher;
    this.clock = clock;
  }

  /**
   * Registers a person.
   *
   * @param eventId of the registration
   * @param occurredAt ISO 8601, of the registration
   */
  public Outcome register(
      Person person, String eventId, String occurredAt, @Nullable String correlationId) {
    User user = new User(person, occurredAt, new Registered(eventId, null));
    User existing = users.insert(List.of(user)).get(user.email());
    if (existing == null) {
      publish(user, eventId, correlationId);
      return Outcome.CREATED;
    }
    return switch (existing.origin()) {
      // The import's own batch, or its next run, publishes its users.
      case Imported _ -> Outcome.EXISTING;
      case Registered(String _, String publishedAt) when publishedAt != null -> Outcome.EXISTING;
      case Registered(String first, _) -> {
        publish(existing, first, correlationId);
        yield Outcome.PUBLISHED_AGAIN;
      }
    };
  }

  private void publish(User user, String causationId, @Nullable String correlationId) {
    publisher.publish(user, correlationId, causationId);
    users.markPublished(user.email(), clock.instant().toString());
  }
}
