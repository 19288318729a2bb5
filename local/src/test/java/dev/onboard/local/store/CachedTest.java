package dev.onboard.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachedTest {
  @TempDir Path folder;
  private final AtomicInteger loads = new AtomicInteger();
  private Store store;
  private Cached<String, String> colours;

  @BeforeEach
  void open() {
    store = Store.open(folder);
    store.migrate(
        "test", List.of(List.of("CREATE TABLE colour(name TEXT PRIMARY KEY, value TEXT)")));
    colours = new Cached<>(store, "colour");
    put("sky", "blue");
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void secondGet_loadsNothing() {
    assertThat(colour("sky")).isEqualTo("blue");
    assertThat(colour("sky")).isEqualTo("blue");
    assertThat(loads).hasValue(1);
  }

  @Test
  void changedTable_isReadAnew() {
    colour("sky");
    put("sky", "grey");
    assertThat(colour("sky")).isEqualTo("grey");
  }

  @Test
  void everyStatementThatChanges_isSeen() {
    colour("sky");
    store.write(tx -> tx.update("UPDATE colour SET value = 'red' WHERE name = 'sky'"));
    assertThat(colour("sky")).isEqualTo("red");
    store.write(tx -> tx.update("DELETE FROM colour"));
    assertThat(colour("sky")).isEqualTo("none");
  }

  @Test
  void writeThatChanged_seesItsOwnChange() {
    colour("sky");
    store.write(tx -> {
      put("sky", "grey");
      assertThat(colour("sky")).isEqualTo("grey");
      put("sky", "black");
      assertThat(colour("sky")).isEqualTo("black");
      return null;
    });
    assertThat(colour("sky")).isEqualTo("black");
  }

  @Test
  void writeThatFailed_leavesNoTrace() {
    assertThatThrownBy(() ->
            store.write(tx -> {
              put("sky", "grey");
              colour("sky");
              throw new IllegalStateException("no");
            }))
        .hasMessage("no");
    assertThat(colour("sky")).isEqualTo("blue");
  }

  @Test
  void innerWriteThatFailed_leavesNoTrace() {
    store.write(tx -> {
      assertThatThrownBy(() ->
              store.write(inner -> {
                put("sky", "grey");
                throw new IllegalStateException("no");
              }))
          .hasMessage("no");
      assertThat(colour("sky")).isEqualTo("blue");
      return null;
    });
    assertThat(colour("sky")).isEqualTo("blue");
  }

  @Test
  void oldSnapshot_isNotKeptForOthers() throws Exception {
    store.read(tx -> {
      // The snapshot is fixed by the first statement.
      assertThat(load(tx, "sky")).isEqualTo("blue");
      var other = new Thread(() -> put("sky", "grey"));
      other.start();
      join(other);
      assertThat(colours.get(tx, "sky", t -> load(t, "sky"))).isEqualTo("blue");
      return null;
    });
    assertThat(colour("sky")).isEqualTo("grey");
  }

  @Test
  void otherTable_changesNothing() {
    store.migrate("more", List.of(List.of("CREATE TABLE colours(name TEXT)")));
    colour("sky");
    store.write(tx -> tx.update("INSERT INTO colours VALUES ('x')"));
    colour("sky");
    assertThat(loads).hasValue(1);
  }

  private String colour(String name) {
    return colours.get(name, tx -> load(tx, name));
  }

  private String load(Tx tx, String name) {
    loads.incrementAndGet();
    return tx.first("SELECT value FROM colour WHERE name = ?", r -> r.string(1), name)
        .orElse("none");
  }

  private void put(String name, String value) {
    store.write(tx -> tx.update("INSERT OR REPLACE INTO colour VALUES (?, ?)", name, value));
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
