package dev.onboard.functions.user;

import dev.onboard.functions.user.User.Registered;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Users and batches in maps; may die after so many writes. */
public final class InMemoryUsers implements UserStore, BatchLedger {

  /** What a process that is killed would throw. */
  public static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  public final Map<String, User> users = new TreeMap<>();
  public final Map<String, Counted> batches = new HashMap<>();
  public int read;
  public int created;
  public int existing;
  public int rejected;
  private int writesLeft = Integer.MAX_VALUE;

  public void dieAfter(int writes) {
    writesLeft = writes;
  }

  @Override
  public Map<String, User> insert(Collection<User> all) {
    Map<String, User> inTheWay = new HashMap<>();
    for (User user : all) {
      User other = users.get(user.email());
      if (other != null) {
        inTheWay.put(user.email(), other);
      } else {
        write();
        users.put(user.email(), user);
      }
    }
    return inTheWay;
  }

  @Override
  public void markPublished(String email, String at) {
    write();
    users.computeIfPresent(
        email,
        (_, user) ->
            new User(
                user.person(),
                user.createdAt(),
                new Registered(((Registered) user.origin()).eventId(), at)));
  }

  @Override
  public Optional<Counted> count(Totals totals) {
    Counted before = batches.get(totals.batch());
    if (before != null) {
      return Optional.of(before);
    }
    write();
    batches.put(totals.batch(), new Counted(totals.lastRow(), null));
    read += totals.rows();
    created += totals.created();
    existing += totals.existing();
    rejected += totals.rejected();
    return Optional.empty();
  }

  public void markBatchPublished(String batch) {
    write();
    batches.computeIfPresent(batch, (_, counted) -> new Counted(counted.lastRow(), "now"));
  }

  @Override
  public Set<String> published(Collection<String> keys) {
    Set<String> published = new HashSet<>(keys);
    published.removeIf(key -> !batches.containsKey(key) || batches.get(key).publishedAt() == null);
    return published;
  }

  private void write() {
    if (writesLeft-- <= 0) {
      throw new Killed();
    }
  }
}
