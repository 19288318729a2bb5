package dev.onboard.functions.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.functions.mail.MailEntry.Status;
import dev.onboard.functions.mail.Outcomes.Kind;
import dev.onboard.functions.mail.Outcomes.Outcome;
import dev.onboard.functions.mail.Outcomes.Report;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomesTest {

  private final InMemoryMailLedger ledger = new InMemoryMailLedger();
  private final Outcomes outcomes = new Outcomes(ledger);

  @Test
  void bounceOfASentMail_marksTheAddressAndCountsNothing() {
    entry("u1", Status.SENT);
    assertThat(outcomes.record(List.of(outcome("u1", Kind.UNDELIVERABLE))))
        .isEqualTo(new Report(0, 1, 0));
    assertThat(ledger.status("u1")).isEqualTo(Status.UNDELIVERABLE);
    assertThat(ledger.counts).isEmpty();
  }

  @Test
  void bounceOfAClaim_countsTheMailThatWasSentAfterAll() {
    entry("u1", Status.CLAIMED);
    assertThat(outcomes.record(List.of(outcome("u1", Kind.UNDELIVERABLE))))
        .isEqualTo(new Report(1, 1, 0));
    assertThat(ledger.counts).containsEntry("i mails", 1);
  }

  @Test
  void sentAfterBounce_changesNothing() {
    entry("u1", Status.UNDELIVERABLE);
    assertThat(outcomes.record(List.of(outcome("u1", Kind.SENT)))).isEqualTo(new Report(0, 0, 0));
    assertThat(ledger.status("u1")).isEqualTo(Status.UNDELIVERABLE);
  }

  @Test
  void sentAndBounceTogether_bounceWins() {
    entry("u1", Status.CLAIMED);
    outcomes.record(List.of(outcome("u1", Kind.UNDELIVERABLE), outcome("u1", Kind.SENT)));
    assertThat(ledger.status("u1")).isEqualTo(Status.UNDELIVERABLE);
    assertThat(ledger.counts).containsEntry("i mails", 1);
  }

  @Test
  void mailThatTheLedgerDoesNotKnow_isReported() {
    assertThat(outcomes.record(List.of(outcome("u9", Kind.SENT)))).isEqualTo(new Report(0, 0, 1));
  }

  private static Outcome outcome(String userId, Kind kind) {
    return new Outcome(userId, "m", kind, kind.name(), Instant.EPOCH);
  }

  private void entry(String userId, Status status) {
    ledger.entries.put(
        userId,
        new MailEntry(
            userId, "e", "a@b.c", "i", status, "attempt", Instant.EPOCH, Instant.EPOCH, null));
  }
}
