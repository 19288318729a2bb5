package dev.onboard.functions.user;

import dev.onboard.functions.user.User.Imported;
import dev.onboard.functions.user.User.Registered;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Stores a batch of an import so that any number of attempts, of this import or of others with the
 * same people, ends in one user each, exact counts and no event forgotten.
 */
public final class BatchStorage {

  private final UserStore users;
  private final BatchLedger ledger;

  public BatchStorage(UserStore users, BatchLedger ledger) {
    this.users = users;
    this.ledger = ledger;
  }

  /** A batch of validated rows; people by row number. */
  public record Batch(
      String importId,
      String startedAt,
      int firstRow,
      int lastRow,
      int rows,
      int rejected,
      Map<Integer, Person> people) {

    /** The key under which the batch is counted. */
    public String key() {
      return importId + '#' + firstRow;
    }
  }

  /**
   * What became of a batch.
   *
   * @param unpublished users whose event is still owed
   */
  public record Outcome(int created, int existing, List<User> unpublished) {}

  public Outcome store(Batch batch) {
    Map<String, User> own = new LinkedHashMap<>();
    batch.people().forEach((row, person) -> own.put(person.email(), user(batch, row, person)));
    Map<String, User> inTheWay = users.insert(own.values());
    List<User> created = new ArrayList<>();
    List<User> existing = new ArrayList<>();
    for (User user : own.values()) {
      User other = inTheWay.get(user.email());
      if (other == null || isSameRow(user, other)) {
        created.add(user);
      } else {
        existing.add(other);
      }
    }
    Optional<BatchLedger.Counted> before =
        ledger.count(totals(batch, created.size(), existing.size()));
    before.ifPresent(counted -> refuseOtherBounds(batch, counted));
    boolean published = before.map(counted -> counted.publishedAt() != null).orElse(false);
    List<User> unpublished = new ArrayList<>(published ? List.of() : created);
    unpublished.addAll(owed(existing));
    return new Outcome(created.size(), existing.size(), List.copyOf(unpublished));
  }

  private static User user(Batch batch, int row, Person person) {
    return new User(person, batch.startedAt(), new Imported(batch.importId(), row, batch.key()));
  }

  /** A row that an earlier attempt stored is this import's own work, not somebody else's. */
  private static boolean isSameRow(User user, User other) {
    return user.origin() instanceof Imported mine
        && other.origin() instanceof Imported theirs
        && mine.importId().equals(theirs.importId())
        && mine.row() == theirs.row();
  }

  /**
   * Users whom another import or a registration stored but, as far as is known, never published.
   */
  private List<User> owed(List<User> existing) {
    Set<String> batches = new TreeSet<>();
    for (User user : existing) {
      if (user.origin() instanceof Imported imported) {
        batches.add(imported.batch());
      }
    }
    Set<String> published = batches.isEmpty() ? Set.of() : ledger.published(batches);
    return existing.stream()
        .filter(user ->
            switch (user.origin()) {
              case Imported imported -> !published.contains(imported.batch());
              case Registered registered -> registered.publishedAt() == null;
            })
        .toList();
  }

  private static BatchLedger.Totals totals(Batch batch, int created, int existing) {
    return new BatchLedger.Totals(
        batch.key(),
        batch.importId(),
        batch.lastRow(),
        batch.rows(),
        created,
        existing,
        batch.rejected());
  }

  private static void refuseOtherBounds(Batch batch, BatchLedger.Counted counted) {
    if (counted.lastRow() != batch.lastRow()) {
      throw new IllegalStateException(
          "batch "
              + batch.key()
              + " ends at row "
              + batch.lastRow()
              + " but was counted when it ended at row "
              + counted.lastRow());
    }
  }
}
