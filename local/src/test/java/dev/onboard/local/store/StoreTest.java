package dev.onboard.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  @TempDir Path folder;

  @Test
  void innerWriteFails_outerWriteKeepsTheRest() {
    try (Store store = open()) {
      store.write(tx -> {
        add(store, "outer");
        assertThatThrownBy(() ->
                store.write(inner -> {
                  add(store, "inner");
                  throw new IllegalStateException("no");
                }))
            .hasMessage("no");
        add(store, "after");
        return null;
      });
      assertThat(names(store)).containsExactly("outer", "after");
    }
  }

  @Test
  void writeFails_nothingOfItStays() {
    try (Store store = open()) {
      assertThatThrownBy(() ->
              store.write(tx -> {
                add(store, "a");
                throw new IllegalStateException("no");
              }))
          .hasMessage("no");
      assertThat(names(store)).isEmpty();
    }
  }

  @Test
  void afterCommit_runsOnceDurable_andNotForWhatFailed() {
    try (Store store = open()) {
      var ran = new ArrayList<String>();
      store.write(tx -> {
        store.afterCommit(() -> ran.add("outer " + names(store)));
        try {
          store.write(inner -> {
            store.afterCommit(() -> ran.add("inner"));
            throw new IllegalStateException();
          });
        } catch (IllegalStateException expected) {
          add(store, "caught");
        }
        assertThat(ran).isEmpty();
        return null;
      });
      assertThat(ran).containsExactly("outer [caught]");
    }
  }

  @Test
  void actionAfterCommitFails_othersRunAndTheFirstFailureIsTold() {
    try (Store store = open()) {
      var ran = new ArrayList<String>();
      assertThatThrownBy(() ->
              store.write(tx -> {
                add(store, "a");
                store.afterCommit(() -> {
                  throw new IllegalStateException("first");
                });
                store.afterCommit(() -> ran.add("second"));
                store.afterCommit(() -> {
                  throw new AssertionError("third");
                });
                return null;
              }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("first")
          .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
      assertThat(ran).containsExactly("second");
      assertThat(names(store)).containsExactly("a");
    }
  }

  @Test
  void openedAgain_holdsWhatWasWritten() {
    try (Store store = open()) {
      add(store, "kept");
    }
    try (Store store = open()) {
      assertThat(names(store)).containsExactly("kept");
    }
  }

  @Test
  void folderInUse_isRefusedByName() {
    try (Store store = open()) {
      assertThatThrownBy(() -> Store.open(store.folder()))
          .isInstanceOf(StoreInUseException.class)
          .hasMessageContaining(folder.toString());
    }
  }

  @Test
  void closedStore_refusesWhatComesLater_andClosingAgainIsNothing() {
    Store store = open();
    store.close();
    store.close();
    assertThatThrownBy(() -> add(store, "late")).hasMessageContaining("is closed");
    assertThatThrownBy(() -> names(store)).hasMessageContaining("is closed");
  }

  @Test
  void stepsTogether_areOneTransaction() {
    try (Store store = open()) {
      assertThatThrownBy(() ->
              store.together(() -> {
                add(store, "first");
                add(store, "second");
                throw new IllegalStateException("no");
              }))
          .hasMessage("no");
      assertThat(names(store)).isEmpty();
      String seen =
          store.together(() -> {
            add(store, "first");
            assertThatThrownBy(() ->
                    store.write(tx -> {
                      add(store, "undone");
                      throw new IllegalStateException("no");
                    }))
                .hasMessage("no");
            add(store, "second");
            return names(store).toString();
          });
      assertThat(seen).isEqualTo("[first, second]");
      assertThat(names(store)).containsExactly("first", "second");
    }
  }

  @Test
  void stepsTogether_holdNobodyUpUntilTheyWrite() throws Exception {
    try (Store store = open();
        var threads = Executors.newSingleThreadExecutor()) {
      store.together(() -> {
        try {
          threads.submit(() -> add(store, "other")).get();
        } catch (InterruptedException | ExecutionException e) {
          throw new IllegalStateException(e);
        }
        add(store, "own");
        return null;
      });
      assertThat(names(store)).containsExactly("other", "own");
      assertThat(store.<String>together(() -> "nothing written")).isEqualTo("nothing written");
    }
  }

  private Store open() {
    Store store = Store.open(folder);
    store.migrate("test", List.of(List.of("CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT)")));
    return store;
  }

  private static void add(Store store, String name) {
    store.write(tx -> tx.update("INSERT INTO t(name) VALUES (?)", name));
  }

  private static List<String> names(Store store) {
    return store.read(tx -> tx.list("SELECT name FROM t ORDER BY id", r -> r.string("name")));
  }
}
