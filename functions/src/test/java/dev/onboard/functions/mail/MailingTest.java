package dev.onboard.functions.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onboard.functions.mail.MailEntry.Status;
import dev.onboard.functions.mail.Mailing.Fate;
import dev.onboard.functions.mail.Mailing.Report;
import dev.onboard.functions.mail.Outcomes.Kind;
import dev.onboard.functions.mail.Outcomes.Outcome;
import dev.onboard.functions.mail.Postman.Result;
import dev.onboard.functions.time.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MailingTest {

  private final TestClock clock = new TestClock();
  private final InMemoryMailLedger ledger = new InMemoryMailLedger();
  private final List<String> sent = new ArrayList<>();
  private final List<Result> answers = new ArrayList<>();
  private final Map<String, List<Outcome>> told = new HashMap<>();
  private final List<Instant> asked = new ArrayList<>();
  private double rate;

  @Test
  void mails_areSentMarkedAndCounted() {
    Report report = send("a1", "u1", "u2");
    assertThat(report.count(Fate.SENT)).isEqualTo(2);
    assertThat(sent).containsExactly("u1", "u2");
    assertThat(ledger.counts).containsEntry("i mails", 2);
    assertThat(ledger.status("u1")).isEqualTo(Status.SENT);
  }

  @Test
  void repeatedEvent_sendsNothing() {
    send("a1", "u1");
    assertThat(send("a2", "u1").fates()).containsEntry("u1", Fate.DONE_BEFORE);
    assertThat(sent).hasSize(1);
    assertThat(ledger.counts).containsEntry("i mails", 1);
  }

  @Test
  void throttledMail_isReleasedAndSentByTheNextAttempt() {
    answers.add(new Result.NotSent("ACCOUNT_THROTTLED"));
    assertThat(send("a1", "u1").fates()).containsEntry("u1", Fate.NOT_SENT);
    assertThat(ledger.entries).isEmpty();
    assertThat(send("a2", "u1").fates()).containsEntry("u1", Fate.SENT);
  }

  @Test
  void refusedAddress_isUndeliverableAndNotAMail() {
    answers.add(new Result.Refused("MESSAGE_REJECTED"));
    Report report = send("a1", "u1");
    assertThat(report.fates()).containsEntry("u1", Fate.REFUSED);
    assertThat(report.reasons()).containsExactly("MESSAGE_REJECTED");
    assertThat(ledger.status("u1")).isEqualTo(Status.UNDELIVERABLE);
    assertThat(ledger.counts).containsEntry("i undeliverable", 1).doesNotContainKey("i mails");
  }

  @Test
  void crashBetweenSendingAndMarking_isSettledBySesOwnWord() {
    ledger.failOnTake = true;
    assertThatThrownBy(() -> send("a1", "u1", "u2")).hasMessage("the ledger is down");
    ledger.failOnTake = false;
    Instant claimed = clock.instant();
    clock.advance(Duration.ofSeconds(1));
    told.put("a1", List.of(told("u1")));
    Report report = send("a2", "u1", "u2", "u3");
    assertThat(report.fates())
        .containsEntry("u1", Fate.DONE_BEFORE)
        .containsEntry("u2", Fate.IN_DOUBT)
        .containsEntry("u3", Fate.SENT);
    assertThat(report.settled()).isEqualTo(1);
    assertThat(report.inDoubtUntil())
        .containsOnly(Map.entry("u2", claimed.plus(Duration.ofSeconds(160))));
    assertThat(asked).as("once for all that an attempt left").containsExactly(claimed);
    assertThat(ledger.entries.get("u1").messageId()).isEqualTo("m-u1");
    assertThat(ledger.counts).containsEntry("i mails", 2);
    assertThat(send("a3", "u1").fates()).containsEntry("u1", Fate.DONE_BEFORE);
    assertThat(sent).containsExactly("u1", "u2", "u3");
  }

  @Test
  void wordOfSesThatCannotBeRead_leavesTheDoubt() {
    answers.add(new Result.Unknown("timeout"));
    send("a1", "u1");
    clock.advance(Duration.ofHours(1));
    told.put("a1", null);
    Report report = send("a2", "u1", "u2");
    assertThat(report.fates()).containsEntry("u1", Fate.IN_DOUBT).containsEntry("u2", Fate.SENT);
    assertThat(report.reasons())
        .containsExactly("SES's word on mails in doubt cannot be read: the log is down");
    assertThat(report.inDoubtUntil().get("u1")).isAfter(clock.instant());
    told.clear();
    assertThat(send("a3", "u1").takenOver()).isEqualTo(1);
  }

  @Test
  void claimInDoubtWithoutAnyWord_isTakenOverAfterLeaseAndGrace() {
    answers.add(new Result.Unknown("timeout"));
    Report unknown = send("a1", "u1");
    assertThat(unknown.fates()).containsEntry("u1", Fate.IN_DOUBT);
    assertThat(unknown.inDoubtUntil())
        .containsEntry("u1", clock.instant().plus(Duration.ofSeconds(60)));
    clock.advance(Duration.ofSeconds(160));
    Report doubted = send("a2", "u1");
    assertThat(doubted.fates()).containsEntry("u1", Fate.IN_DOUBT);
    assertThat(doubted.inDoubtUntil()).containsEntry("u1", clock.instant());
    clock.advance(Duration.ofSeconds(1));
    Report report = send("a3", "u1");
    assertThat(report.fates()).containsEntry("u1", Fate.SENT);
    assertThat(report.takenOver()).isEqualTo(1);
    assertThat(ledger.counts).containsEntry("i mails", 1);
  }

  @Test
  void eventOfSesBeforeTheMark_countsTheMailOnce() {
    Mailing mailing =
        mailing((_, _) -> {
          new Outcomes(ledger)
              .record(List.of(new Outcome("u1", "m", Kind.SENT, "Sent", clock.instant())));
          return List.of(new Result.Accepted("m"));
        });
    assertThat(mailing.send(List.of(mail("u1")), "a", () -> Duration.ofMinutes(1)).fates())
        .containsEntry("u1", Fate.SENT);
    assertThat(ledger.counts).containsEntry("i mails", 1);
  }

  @Test
  void rate_isKeptByPortionsOfASecond() {
    rate = 10;
    Instant start = clock.instant();
    send("a", IntStream.range(0, 35).mapToObj(i -> "u" + i).toArray(String[]::new));
    assertThat(sent).hasSize(35);
    assertThat(Duration.between(start, clock.instant())).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void timeRunningOut_leavesTheRestToAnotherAttempt() {
    rate = 10;
    String[] users = IntStream.range(0, 35).mapToObj(i -> "u" + i).toArray(String[]::new);
    Instant end = clock.instant().plusSeconds(7);
    Report report =
        mailing(this::deliver)
            .send(mails(users), "a", () -> Duration.between(clock.instant(), end));
    assertThat(report.count(Fate.SENT)).isEqualTo(30);
    assertThat(report.count(Fate.NOT_SENT)).isEqualTo(5);
    assertThat(ledger.entries).hasSize(30);
  }

  private Report send(String attempt, String... userIds) {
    return mailing(this::deliver).send(mails(userIds), attempt, () -> Duration.ofMinutes(10));
  }

  private Mailing mailing(Postman postman) {
    return new Mailing(
        ledger,
        postman,
        this::told,
        new Pace(rate, clock, clock::advance),
        Duration.ofSeconds(60),
        Duration.ofSeconds(100),
        clock);
  }

  private List<Outcome> told(String attempt, Instant since) {
    asked.add(since);
    List<Outcome> outcomes = told.getOrDefault(attempt, List.of());
    if (outcomes == null) {
      throw new IllegalStateException("the log is down");
    }
    return outcomes;
  }

  private Outcome told(String userId) {
    return new Outcome(userId, "m-" + userId, Kind.SENT, "Sent", clock.instant());
  }

  private List<Result> deliver(List<WelcomeMail> mails, String attempt) {
    if (!answers.isEmpty()) {
      return List.of(answers.removeFirst());
    }
    mails.forEach(mail -> sent.add(mail.userId()));
    return mails.stream().<Result>map(mail -> new Result.Accepted("m-" + mail.userId())).toList();
  }

  private static List<WelcomeMail> mails(String... userIds) {
    return java.util.Arrays.stream(userIds).map(MailingTest::mail).toList();
  }

  private static WelcomeMail mail(String userId) {
    return new WelcomeMail(userId, "e-" + userId, userId + "@example.com", "i", "Ada");
  }
}
