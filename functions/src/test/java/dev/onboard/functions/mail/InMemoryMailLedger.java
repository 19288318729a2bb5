package dev.onboard.functions.mail;

import dev.onboard.functions.mail.MailEntry.Status;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The ledger in maps. */
public final class InMemoryMailLedger implements MailLedger {

  public final Map<String, MailEntry> entries = new TreeMap<>();
  public final Map<String, Integer> counts = new TreeMap<>();
  public boolean failOnTake;

  @Override
  public Map<String, MailEntry> claim(Collection<MailEntry> all) {
    Map<String, MailEntry> inTheWay = new HashMap<>();
    for (MailEntry entry : all) {
      MailEntry other = entries.putIfAbsent(entry.userId(), entry);
      if (other != null) {
        inTheWay.put(entry.userId(), other);
      }
    }
    return inTheWay;
  }

  @Override
  public boolean takeOver(MailEntry abandoned, MailEntry entry) {
    return entries.replace(abandoned.userId(), abandoned, entry);
  }

  @Override
  public void release(Collection<MailEntry> all) {
    all.forEach(entry -> entries.remove(entry.userId(), entry));
  }

  @Override
  public Map<String, MailEntry> find(Collection<String> userIds) {
    Map<String, MailEntry> found = new HashMap<>(entries);
    found.keySet().retainAll(userIds);
    return found;
  }

  @Override
  public Set<String> take(List<Step> steps) {
    if (failOnTake) {
      throw new IllegalStateException("the ledger is down");
    }
    Set<String> taken = new HashSet<>();
    for (Step step : steps) {
      MailEntry seen = step.entry();
      MailEntry now = entries.get(seen.userId());
      if (now != null
          && now.status() == seen.status()
          && now.claimedBy().equals(seen.claimedBy())) {
        entries.put(seen.userId(), with(now, step));
        taken.add(seen.userId());
        if (step.counter() != null) {
          counts.merge(seen.importId() + " " + step.counter().attribute(), 1, Integer::sum);
        }
      }
    }
    return taken;
  }

  private static MailEntry with(MailEntry entry, Step step) {
    return new MailEntry(
        entry.userId(),
        entry.eventId(),
        entry.email(),
        entry.importId(),
        step.to(),
        entry.claimedBy(),
        entry.claimedAt(),
        entry.leaseUntil(),
        step.messageId());
  }

  public Status status(String userId) {
    return entries.get(userId).status();
  }
}
