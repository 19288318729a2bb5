package dev.onboard.functions.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.functions.mail.WelcomeMail;
import dev.onboard.functions.user.EmailAddress;
import dev.onboard.functions.user.Person;
import dev.onboard.functions.user.User;
import dev.onboard.functions.user.User.Imported;
import dev.onboard.schemas.UserCreated;
import dev.onboard.schemas.UserRegistered;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The events about users: read, and made from what is stored, so that a retry makes the same. */
public final class UserEvents {

  private UserEvents() {}

  /** The detail of the UserCreated event of a user. */
  public static JsonNode created(
      User user, @Nullable String correlationId, @Nullable String causationId) {
    Person person = user.person();
    UserCreated event =
        new UserCreated(
            new UserCreated.Metadata(
                User.eventId(user.userId()),
                UserCreated.SCHEMA_VERSION,
                user.createdAt(),
                correlationId,
                causationId),
            new UserCreated.Data(
                user.userId(),
                person.email(),
                person.name(),
                person.firstName(),
                person.lastName(),
                person.username(),
                person.locale(),
                user.origin() instanceof Imported(String importId, _, _) ? importId : null,
                user.origin() instanceof Imported(_, int row, _) ? Long.valueOf(row) : null,
                person.attributes().isEmpty() ? null : person.attributes()));
    return EventJson.tree(event);
  }

  /**
   * The welcome mail that an event of the bus asks for.
   *
   * @throws IllegalArgumentException if it is no UserCreated event that can be understood
   */
  public static WelcomeMail welcomeMail(String event) {
    UserCreated created = EventJson.as(EventJson.read(event).path("detail"), UserCreated.class);
    UserCreated.Data data = required(created.data(), "data");
    UserCreated.Metadata metadata = required(created.metadata(), "metadata");
    String version = required(metadata.schemaVersion(), "metadata.schemaVersion");
    if (!version.startsWith("1.")) {
      throw new IllegalArgumentException(
          "UserCreated of version " + version + " is not understood");
    }
    String email = required(data.email(), "data.email");
    String problem = EmailAddress.problem(email).orElse(null);
    if (problem != null) {
      throw new IllegalArgumentException("data.email: " + problem);
    }
    return new WelcomeMail(
        required(data.userId(), "data.userId"),
        required(metadata.eventId(), "metadata.eventId"),
        email,
        data.importId(),
        name(data));
  }

  private static @Nullable String name(UserCreated.Data data) {
    if (data.name() != null) {
      return data.name();
    }
    String parts =
        Stream.of(data.firstName(), data.lastName())
            .filter(Objects::nonNull)
            .collect(Collectors.joining(" "));
    return parts.isEmpty() ? null : parts;
  }

  private static <T> T required(@Nullable T value, String name) {
    if (value == null) {
      throw new IllegalArgumentException("UserCreated must have " + name);
    }
    return value;
  }

  /**
   * A registration.
   *
   * @param eventId the sender's own id or the bus's
   * @param occurredAt when it happened, as far as is known
   */
  public record Registration(
      Person person, String eventId, String occurredAt, String correlationId) {}

  /**
   * The registration that an event of the bus tells of.
   *
   * @throws IllegalArgumentException if it is no UserRegistered event that can be taken
   */
  public static Registration registration(JsonNode event) {
    UserRegistered registered = EventJson.as(event.path("detail"), UserRegistered.class);
    Person person = person(required(registered.data(), "data"));
    String problem = EmailAddress.problem(person.email()).orElse(null);
    if (problem != null) {
      throw new IllegalArgumentException("UserRegistered cannot be taken: data.email: " + problem);
    }
    UserRegistered.Metadata metadata = registered.metadata();
    String id = event.path("id").asText();
    String eventId = or(metadata == null ? null : metadata.eventId(), id);
    return new Registration(
        person,
        eventId,
        or(metadata == null ? null : metadata.occurredAt(), event.path("time").asText()),
        or(metadata == null ? null : metadata.correlationId(), eventId));
  }

  private static Person person(UserRegistered.Data data) {
    return new Person(
        EmailAddress.key(or(data.email(), "")),
        data.name(),
        data.firstName(),
        data.lastName(),
        data.username(),
        data.locale(),
        data.attributes() == null ? Map.of() : data.attributes());
  }

  private static String or(@Nullable String value, String otherwise) {
    return value == null || value.isBlank() ? otherwise : value;
  }
}
