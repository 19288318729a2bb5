package dev.onboard.functions.mail;

import dev.onboard.functions.mail.MailEntry.Status;
import dev.onboard.functions.mail.MailLedger.Counter;
import dev.onboard.functions.mail.MailLedger.Step;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Sends welcome mails at most once where that can be known, and says which ones must be delivered
 * to it again.
 *
 * <p>A mail is claimed, sent, and marked sent. Who dies between the last two leaves a claim whose
 * fate only SES knows: its "Email Sent" event settles it. A claim is taken over only when its lease
 * and the grace time for that event are over.
 */
public final class Mailing {

  private final MailLedger ledger;
  private final Postman postman;
  private final Pace pace;
  private final Duration lease;
  private final Duration grace;
  private final Clock clock;

  public Mailing(
      MailLedger ledger, Postman postman, Pace pace, Duration lease, Duration grace, Clock clock) {
    this.ledger = ledger;
    this.postman = postman;
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
   * @param inDoubtUntil when a mail that is in doubt can be taken over, by user
   * @param takenOver claims that were given up as lost and sent (again): the ambiguous ones
   * @param reasons why mails were not sent, each once
   */
  public record Report(
      Map<String, Fate> fates,
      Map<String, Instant> inDoubtUntil,
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
    Map<String, Fate> fates = new HashMap<>();
    Map<String, Instant> inDoubtUntil = new HashMap<>();
    List<String> reasons = new ArrayList<>();
    List<Claim> claims = new ArrayList<>();
    int takenOver = claim(mails, attempt, claims, fates, inDoubtUntil);
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
      send(part, fates, inDoubtUntil, reasons);
    }
    return new Report(fates, inDoubtUntil, takenOver, reasons.stream().distinct().toList());
  }

  private record Claim(WelcomeMail mail, MailEntry entry) {}

  private int claim(
      List<WelcomeMail> mails,
      String attempt,
      List<Claim> claims,
      Map<String, Fate> fates,
      Map<String, Instant> inDoubtUntil) {
    Instant now = clock.instant();
    List<Claim> wanted =
        mails.stream().map(mail -> new Claim(mail, entry(mail, attempt, now))).toList();
    Map<String, MailEntry> inTheWay = ledger.claim(wanted.stream().map(Claim::entry).toList());
    int takenOver = 0;
    for (Claim claim : wanted) {
      MailEntry other = inTheWay.get(claim.entry().userId());
      // A claim of this very attempt comes from a call whose answer was lost.
      if (other == null || other.status() == Status.CLAIMED && other.claimedBy().equals(attempt)) {
        claims.add(claim);
      } else if (other.status() != Status.CLAIMED) {
        fates.put(other.userId(), Fate.DONE_BEFORE);
      } else if (now.isAfter(other.leaseUntil().plus(grace))
          && ledger.takeOver(other, claim.entry())) {
        takenOver++;
        claims.add(claim);
      } else {
        fates.put(other.userId(), Fate.IN_DOUBT);
        inDoubtUntil.put(other.userId(), other.leaseUntil().plus(grace));
      }
    }
    return takenOver;
  }

  private MailEntry entry(WelcomeMail mail, String attempt, Instant now) {
    return new MailEntry(
        mail.userId(),
        mail.eventId(),
        mail.email(),
        mail.importId(),
        Status.CLAIMED,
        attempt,
        now,
        now.plus(lease),
        null);
  }

  private void send(
      List<Claim> claims,
      Map<String, Fate> fates,
      Map<String, Instant> inDoubtUntil,
      List<String> reasons) {
    List<Postman.Result> results = postman.send(claims.stream().map(Claim::mail).toList());
    if (results.size() != claims.size()) {
      throw new IllegalStateException(
          "SES must answer for every mail: " + results.size() + " of " + claims.size());
    }
    List<Step> steps = new ArrayList<>();
    List<MailEntry> notSent = new ArrayList<>();
    Instant now = clock.instant();
    for (int i = 0; i < claims.size(); i++) {
      MailEntry entry = claims.get(i).entry();
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
          fates.put(entry.userId(), Fate.IN_DOUBT);
          inDoubtUntil.put(entry.userId(), entry.leaseUntil().plus(grace));
          reasons.add(reason);
        }
      }
    }
    // Who is not in the answer was settled by SES's own event in the meantime: settled all the
    // same.
    ledger.take(steps);
    ledger.release(notSent);
  }
}
