package dev.onboard.functions.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onboard.functions.user.BatchStorage.Batch;
import dev.onboard.functions.user.BatchStorage.Outcome;
import dev.onboard.functions.user.InMemoryUsers.Killed;
import dev.onboard.functions.user.User.Imported;
import dev.onboard.functions.user.User.Registered;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class BatchStorageProperties {

  private final InMemoryUsers store = new InMemoryUsers();
  private final BatchStorage storage = new BatchStorage(store, store);

  @Property(tries = 500)
  void storedInAnyNumberOfAttempts_countsOnceAndForgetsNoEvent(
      @ForAll @Size(max = 8) List<@IntRange(max = 12) Integer> deaths) {
    InMemoryUsers users = new InMemoryUsers();
    BatchStorage attempts = new BatchStorage(users, users);
    Set<String> published = new HashSet<>();
    for (int death : deaths) {
      users.dieAfter(death);
      try {
        run(attempts, users, batch("i", 2, "ada", "bob", "eve"), published);
      } catch (Killed e) {
        continue;
      }
    }
    users.dieAfter(Integer.MAX_VALUE);
    run(attempts, users, batch("i", 2, "ada", "bob", "eve"), published);
    assertThat(users.users).hasSize(3);
    assertThat(List.of(users.read, users.created, users.existing, users.rejected))
        .containsExactly(4, 3, 0, 1);
    assertThat(published).containsExactlyInAnyOrder("ada@x", "bob@x", "eve@x");
  }

  @Property(tries = 300)
  void usersOfAnImportThatDied_arePublishedByTheNextImport(@ForAll @IntRange(max = 5) int death) {
    InMemoryUsers users = new InMemoryUsers();
    BatchStorage attempts = new BatchStorage(users, users);
    Set<String> published = new HashSet<>();
    users.dieAfter(death);
    try {
      run(attempts, users, batch("first", 2, "ada", "bob", "eve"), published);
    } catch (Killed e) {
      assertThat(death).isLessThan(5);
    }
    users.dieAfter(Integer.MAX_VALUE);
    run(attempts, users, batch("second", 2, "eve", "bob", "ada"), published);
    assertThat(published).containsExactlyInAnyOrder("ada@x", "bob@x", "eve@x");
    assertThat(users.users).hasSize(3);
  }

  @Example
  void usersOfAPublishedBatch_areExistingAndNotPublishedAgain() {
    Batch first = batch("first", 2, "ada");
    storage.store(first);
    store.markBatchPublished(first.key());
    assertThat(storage.store(batch("second", 2, "ada"))).isEqualTo(new Outcome(0, 1, List.of()));
  }

  @Example
  void ownBatchThatWasPublished_isNotPublishedAgain() {
    Batch batch = batch("first", 2, "ada");
    storage.store(batch);
    store.markBatchPublished(batch.key());
    assertThat(storage.store(batch)).isEqualTo(new Outcome(1, 0, List.of()));
  }

  @Example
  void unpublishedUserOfAnother_keepsItsOwnStory() {
    storage.store(batch("first", 2, "ada"));
    Outcome outcome = storage.store(batch("second", 9, "ada"));
    assertThat(outcome.existing()).isEqualTo(1);
    assertThat(outcome.unpublished())
        .extracting(User::origin)
        .containsExactly(new Imported("first", 2, "first#2"));
  }

  @Example
  void registeredUser_isPublishedAgainOnlyIfNeverPublished() {
    store.insert(List.of(new User(person("ada"), "t", new Registered("e", null))));
    assertThat(storage.store(batch("i", 2, "ada")).unpublished()).hasSize(1);
    store.markPublished("ada@x", "now");
    assertThat(storage.store(batch("j", 2, "ada")).unpublished()).isEmpty();
  }

  @Example
  void batchWithOtherBounds_isRefused() {
    storage.store(batch("i", 2, "ada", "bob"));
    assertThatThrownBy(() -> storage.store(batch("i", 2, "ada")))
        .hasMessage("batch i#2 ends at row 3 but was counted when it ended at row 4");
  }

  private static void run(
      BatchStorage storage, InMemoryUsers users, Batch batch, Set<String> published) {
    Outcome outcome = storage.store(batch);
    outcome.unpublished().forEach(user -> published.add(user.email()));
    users.markBatchPublished(batch.key());
  }

  private static Batch batch(String importId, int firstRow, String... names) {
    Map<Integer, Person> people = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i++) {
      people.put(firstRow + i, person(names[i]));
    }
    int rows = names.length + 1;
    return new Batch(importId, "start", firstRow, firstRow + rows - 1, rows, 1, people);
  }

  private static Person person(String name) {
    return new Person(name + "@x", name, null, null, null, null, Map.of());
  }
}
