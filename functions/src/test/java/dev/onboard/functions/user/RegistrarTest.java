package dev.onboard.functions.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onboard.functions.user.Registrar.Outcome;
import dev.onboard.functions.user.User.Imported;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistrarTest {

  private static final Person ADA =
      new Person("ada@example.com", "Ada", null, null, null, null, Map.of());

  private final InMemoryUsers users = new InMemoryUsers();
  private final List<String> published = new ArrayList<>();
  private final Registrar registrar =
      new Registrar(
          users,
          (user, correlationId, causationId) ->
              published.add(user.email() + " " + correlationId + " " + causationId),
          Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

  @Test
  void newPerson_isStoredAndPublished() {
    assertThat(registrar.register(ADA, "e1", "t", "c")).isEqualTo(Outcome.CREATED);
    assertThat(published).containsExactly("ada@example.com c e1");
  }

  @Test
  void knownPerson_isNotPublishedAgain() {
    registrar.register(ADA, "e1", "t", "c");
    assertThat(registrar.register(ADA, "e2", "t", "c")).isEqualTo(Outcome.EXISTING);
    assertThat(published).hasSize(1);
  }

  @Test
  void personWhosePublicationFailed_isPublishedByTheRetry() {
    Registrar failing =
        new Registrar(
            users,
            (_, _, _) -> {
              throw new IllegalStateException("down");
            },
            Clock.systemUTC());
    assertThatThrownBy(() -> failing.register(ADA, "e1", "t", "c")).hasMessage("down");
    assertThat(registrar.register(ADA, "e1", "t", "c")).isEqualTo(Outcome.PUBLISHED_AGAIN);
    assertThat(published).containsExactly("ada@example.com c e1");
  }

  @Test
  void importedPerson_isLeftToTheImport() {
    users.insert(List.of(new User(ADA, "t", new Imported("i", 2, "i#2"))));
    assertThat(registrar.register(ADA, "e1", "t", "c")).isEqualTo(Outcome.EXISTING);
    assertThat(published).isEmpty();
  }
}
