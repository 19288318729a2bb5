package dev.onboard.functions.mail;

import dev.onboard.functions.mail.MailEntry.Status;
import dev.onboard.functions.mail.MailLedger.Counter;
import dev.onboard.functions.mail.MailLedger.Step;
import dev.onboard.functions.mail.Outcomes.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Sends welcome mails at most once where that can be known, and says which ones must be delivered
 * to it again.
 *
 * <p>A mail is claimed, sent, and marked sent. Who dies between the last two leaves a claim whose
 * fate only SES knows. Whoever meets that claim next looks for SES's word on it, and takes it over
 * only if there is none when its lease and the grace time for that word are over.
 */
public final class Mailing {

  /** When a mail in doubt is looked at again that could have been decided but for an error. */
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  private final MailLedger ledger;
  private final Postman postman;
  private final SentMails sentMails;
  private final Pace pace;
  private final Duration lease;
  private final Duration grace;
  private final Clock clock;

  public Mailing(
      MailLedger ledger,
      Postman postman,
      SentMails sentMails,
      Pace pace,
      Duration lease,
      Duration grace,
      Clock clock) {
    this.ledger = ledger;
    this.postman = postman;
    this.sentMails = sentMails;
    this.pace = pace;
    this.lease = lease;
    this.grace = grace;
    this.clock = clock;
  }

  /** What became of a mail in this attempt. */
  public enum Fate {
    SENT,
    /** SES refused its address. */
    REFUSED,
    /** An earlier event or an earlier attempt dealt with it. */
    DONE_BEFORE,
    /** Another attempt may still be at it, or SES may still tell that it was sent. */
    IN_DOUBT,
    /** It was not sent and can be tried again at once. */
    NOT_SENT;

    /** Whether the message about the mail may be deleted. */
    public boolean isFinal() {
      return this == SENT || this == REFUSED || this == DONE_BEFORE;
    }
  }

  /**
   * What became of a batch.
   *
   * @param fates by user
   * @param inDoubtUntil when it is worth the while to look at a mail in doubt again, by user
   * @param settled claims in doubt of which SES had told that they were sent
   * @param takenOver claims that were given up as lost and sent (again): the ambiguous ones
   * @param reasons why mails were not sent, each once
   */
  public record Report(
      Map<String, Fate> fates,
      Map<String, Instant> inDoubtUntil,
      int settled,
      int takenOver,
      List<String> reasons) {

    public long count(Fate fate) {
      return fates.values().stream().filter(each -> each == fate).count();
    }
  }

  /**
   * Sends what is to be sent.
   *
   * @param mails at most one a user
   * @param attempt a name for this attempt that no other has
   * @param timeLeft how long this attempt may still take
   */
  public Report send(List<WelcomeMail> mails, String attempt, Supplier<Duration> timeLeft) {
    return new Attempt(attempt, timeLeft).send(mails);
  }

  private record Claim(WelcomeMail mail, MailEntry entry) {}

  /** One attempt, and what became of its mails so far. */
  private final class Attempt {
    private final String name;
    private final Supplier<Duration> timeLeft;
    private final Map<String, Fate> fates = new HashMap<>();
    private final Map<String, Instant> inDoubtUntil = new HashMap<>();
    private final List<String> reasons = new ArrayList<>();
    private final List<Claim> claims = new ArrayList<>();
    private int settled;
    private int takenOver;

    Attempt(String name, Supplier<Duration> timeLeft) {
      this.name = name;
      this.timeLeft = timeLeft;
    }

    Report send(List<WelcomeMail> mails) {
      claim(mails);
      int portion = pace.portion();
      for (int from = 0; from < claims.size(); from += portion) {
        List<Claim> part = claims.subList(from, Math.min(claims.size(), from + portion));
        if (pace.delay().plusSeconds(5).compareTo(timeLeft.get()) > 0) {
          List<Claim> rest = claims.subList(from, claims.size());
          ledger.release(rest.stream().map(Claim::entry).toList());
          rest.forEach(claim -> fates.put(claim.entry().userId(), Fate.NOT_SENT));
          reasons.add("no time left");
          break;
        }
        pace.await(part.size());
        sendPortion(part);
      }
      return new Report(
          fates, inDoubtUntil, settled, takenOver, reasons.stream().distinct().toList());
    }

    private void claim(List<WelcomeMail> mails) {
      Instant now = clock.instant();
      List<Claim> wanted = mails.stream().map(mail -> new Claim(mail, entry(mail, now))).toList();
      Map<String, MailEntry> inTheWay = ledger.claim(wanted.stream().map(Claim::entry).toList());
      List<Claim> doubtful = new ArrayList<>();
      for (Claim claim : wanted) {
        MailEntry other = inTheWay.get(claim.entry().userId());
        // A claim of this very attempt comes from a call whose answer was lost.
        if (other == null || other.status() == Status.CLAIMED && other.claimedBy().equals(name)) {
          claims.add(claim);
        } else if (other.status() != Status.CLAIMED) {
          fates.put(other.userId(), Fate.DONE_BEFORE);
        } else {
          doubtful.add(claim);
        }
      }
      // By the attempts that left them, for SES's word is looked up by these.
      doubtful.stream()
          .collect(Collectors.groupingBy(c -> inTheWay.get(c.entry().userId()).claimedBy()))
          .forEach((attempt, some) -> resolve(attempt, some, inTheWay));
    }

    private void resolve(String attempt, List<Claim> doubtful, Map<String, MailEntry> others) {
      Optional<Set<String>> sent =
          settle(attempt, doubtful.stream().map(c -> others.get(c.entry().userId())).toList());
      sent.ifPresent(users -> settled += users.size());
      Instant now = clock.instant();
      for (Claim claim : doubtful) {
        MailEntry other = others.get(claim.entry().userId());
        Instant over = other.leaseUntil().plus(grace);
        if (sent.orElse(Set.of()).contains(other.userId())) {
          fates.put(other.userId(), Fate.DONE_BEFORE);
        } else if (sent.isPresent() && now.isAfter(over) && ledger.takeOver(other, claim.entry())) {
          takenOver++;
          claims.add(claim);
        } else {
          doubt(other.userId(), over.isBefore(now) ? now.plus(LOOK_AGAIN) : over);
        }
      }
    }

    /**
     * Marks claims of an attempt that SES told of.
     *
     * @return the users whose mails were marked; empty if it cannot be known what SES told
     */
    private Optional<Set<String>> settle(String attempt, List<MailEntry> seen) {
      Map<String, Outcome> told = new HashMap<>();
      try {
        Instant since =
            seen.stream().map(MailEntry::claimedAt).min(Comparator.naturalOrder()).orElseThrow();
        sentMails.of(attempt, since).forEach(outcome -> told.put(outcome.userId(), outcome));
      } catch (RuntimeException e) {
        reasons.add("SES's word on mails in doubt cannot be read: " + e.getMessage());
        return Optional.empty();
      }
      List<Step> steps = new ArrayList<>();
      for (MailEntry entry : seen) {
        Outcome sent = told.get(entry.userId());
        if (sent != null) {
          steps.add(
              new Step(
                  entry, Status.SENT, Counter.MAILS, sent.messageId(), sent.what(), sent.at()));
        }
      }
      return Optional.of(ledger.take(steps));
    }

    private void doubt(String userId, Instant until) {
      fates.put(userId, Fate.IN_DOUBT);
      inDoubtUntil.put(userId, until);
    }

    private MailEntry entry(WelcomeMail mail, Instant now) {
      return new MailEntry(
          mail.userId(),
          mail.eventId(),
          mail.email(),
          mail.importId(),
          Status.CLAIMED,
          name,
          now,
          now.plus(lease),
          null);
    }

    private void sendPortion(List<Claim> portion) {
      List<Postman.Result> results = postman.send(portion.stream().map(Claim::mail).toList(), name);
      if (results.size() != portion.size()) {
        throw new IllegalStateException(
            "SES must answer for every mail: " + results.size() + " of " + portion.size());
      }
      List<Step> steps = new ArrayList<>();
      List<MailEntry> notSent = new ArrayList<>();
      Instant now = clock.instant();
      for (int i = 0; i < portion.size(); i++) {
        MailEntry entry = portion.get(i).entry();
        switch (results.get(i)) {
          case Postman.Result.Accepted(String messageId) -> {
            steps.add(new Step(entry, Status.SENT, Counter.MAILS, messageId, "Accepted", now));
            fates.put(entry.userId(), Fate.SENT);
          }
          case Postman.Result.Refused(String reason) -> {
            steps.add(
                new Step(entry, Status.UNDELIVERABLE, Counter.UNDELIVERABLE, null, reason, now));
            fates.put(entry.userId(), Fate.REFUSED);
            reasons.add(reason);
          }
          case Postman.Result.NotSent(String reason) -> {
            notSent.add(entry);
            fates.put(entry.userId(), Fate.NOT_SENT);
            reasons.add(reason);
          }
          case Postman.Result.Unknown(String reason) -> {
            // By then SES has mostly told.
            doubt(entry.userId(), entry.leaseUntil());
            reasons.add(reason);
          }
        }
      }
      // Who is not in the answer was settled by a word of SES's in the meantime: settled all the
      // same.
      ledger.take(steps);
      ledger.release(notSent);
    }
  }
}
