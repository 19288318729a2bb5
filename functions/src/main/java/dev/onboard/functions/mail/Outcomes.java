package dev.onboard.functions.mail;

import dev.onboard.functions.mail.MailEntry.Status;
import dev.onboard.functions.mail.MailLedger.Counter;
import dev.onboard.functions.mail.MailLedger.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes into the ledger what SES tells of mails afterwards. */
public final class Outcomes {

  private static final int ATTEMPTS = 5;

  private final MailLedger ledger;

  public Outcomes(MailLedger ledger) {
    this.ledger = ledger;
  }

  /** What SES tells. */
  public enum Kind {
    SENT,
    /** The mail came back for good, or was reported as unwanted, or was never let out. */
    UNDELIVERABLE
  }

  /**
   * SES's word on a mail.
   *
   * @param what in a few words
   */
  public record Outcome(String userId, String messageId, Kind kind, String what, Instant at) {}

  /**
   * What became of the outcomes.
   *
   * @param settled claims in doubt that an outcome settled
   * @param unknown outcomes of mails that the ledger does not know
   */
  public record Report(int settled, int undeliverable, int unknown) {}

  /** Records outcomes, in any order and any number of times. */
  public Report record(List<Outcome> outcomes) {
    Map<String, Outcome> latest = new LinkedHashMap<>();
    outcomes.forEach(outcome -> latest.merge(outcome.userId(), outcome, Outcomes::weightier));
    int settled = 0;
    int undeliverable = 0;
    int unknown = 0;
    Map<String, Outcome> left = latest;
    for (int attempt = 1; !left.isEmpty(); attempt++) {
      if (attempt > ATTEMPTS) {
        throw new IllegalStateException(left.size() + " mails kept changing while being recorded");
      }
      Map<String, MailEntry> entries = ledger.find(left.keySet());
      unknown += (int) left.keySet().stream().filter(id -> !entries.containsKey(id)).count();
      List<Step> steps = new ArrayList<>();
      for (MailEntry entry : entries.values()) {
        Step step = step(entry, left.get(entry.userId()));
        if (step != null) {
          steps.add(step);
        }
      }
      Set<String> taken = ledger.take(steps);
      Map<String, Outcome> again = new LinkedHashMap<>();
      for (Step step : steps) {
        String userId = step.entry().userId();
        if (taken.contains(userId)) {
          settled += step.entry().status() == Status.CLAIMED ? 1 : 0;
          undeliverable += step.to() == Status.UNDELIVERABLE ? 1 : 0;
        } else {
          again.put(userId, latest.get(userId));
        }
      }
      left = again;
    }
    return new Report(settled, undeliverable, unknown);
  }

  private static Outcome weightier(Outcome a, Outcome b) {
    return a.kind() == Kind.UNDELIVERABLE ? a : b;
  }

  /** A mail whose claim nobody marked yet was accepted all the same if SES has a word on it. */
  private static @Nullable Step step(MailEntry entry, @Nullable Outcome outcome) {
    if (outcome == null || entry.status() == Status.UNDELIVERABLE) {
      return null;
    }
    boolean claimed = entry.status() == Status.CLAIMED;
    if (outcome.kind() == Kind.SENT && !claimed) {
      return null;
    }
    return new Step(
        entry,
        outcome.kind() == Kind.SENT ? Status.SENT : Status.UNDELIVERABLE,
        claimed ? Counter.MAILS : null,
        outcome.messageId(),
        outcome.what(),
        outcome.at());
  }
}
