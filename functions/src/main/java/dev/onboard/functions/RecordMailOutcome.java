package dev.onboard.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.onboard.functions.event.SesEvents;
import dev.onboard.functions.log.Log;
import dev.onboard.functions.mail.DynamoMailLedger;
import dev.onboard.functions.mail.MailLedger;
import dev.onboard.functions.mail.Outcomes;
import dev.onboard.functions.mail.Outcomes.Outcome;
import dev.onboard.functions.mail.Outcomes.Report;
import dev.onboard.functions.time.Pause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Consumer of the queue of what SES tells of mails afterwards: marks addresses undeliverable. */
public final class RecordMailOutcome extends QueueFunction {

  private final Outcomes outcomes;

  /** Made by Lambda. */
  public RecordMailOutcome() {
    this(
        new DynamoMailLedger(
            Clients.dynamoDb(),
            Environment.text("MAILS_TABLE"),
            Environment.text("IMPORTS_TABLE"),
            Pause.REAL));
  }

  RecordMailOutcome(MailLedger ledger) {
    this.outcomes = new Outcomes(ledger);
    Snapshot.prime(() -> ledger.find(List.of("priming")));
  }

  @Override
  SQSBatchResponse handle(SQSEvent event, Log log, Context context) {
    List<Outcome> read = new ArrayList<>();
    List<BatchItemFailure> failures = new ArrayList<>();
    int foreign = 0;
    for (SQSMessage message : event.getRecords()) {
      try {
        Optional<Outcome> outcome = SesEvents.outcome(message.getBody());
        outcome.ifPresent(read::add);
        foreign += outcome.isEmpty() ? 1 : 0;
      } catch (IllegalArgumentException e) {
        log.error("unreadable", "messageId", message.getMessageId(), "cause", e.getMessage());
        failures.add(new BatchItemFailure(message.getMessageId()));
      }
    }
    Report report = outcomes.record(read);
    log.info(
        "recorded",
        "outcomes",
        read.size(),
        "settled",
        report.settled(),
        "undeliverable",
        report.undeliverable(),
        "unknown",
        report.unknown(),
        "foreign",
        foreign);
    return new SQSBatchResponse(failures);
  }
}
