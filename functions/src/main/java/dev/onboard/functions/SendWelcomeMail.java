package dev.onboard.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.onboard.functions.event.UserEvents;
import dev.onboard.functions.log.Log;
import dev.onboard.functions.mail.DynamoMailLedger;
import dev.onboard.functions.mail.Mailing;
import dev.onboard.functions.mail.Mailing.Fate;
import dev.onboard.functions.mail.Mailing.Report;
import dev.onboard.functions.mail.Pace;
import dev.onboard.functions.mail.SesPostman;
import dev.onboard.functions.mail.WelcomeMail;
import dev.onboard.functions.time.Pause;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Consumer of the queue of UserCreated events: one welcome mail a user, however often it is told.
 */
public final class SendWelcomeMail extends QueueFunction {

  private final Mailing mailing;
  private final Quarantine quarantine;

  /** Made by Lambda. */
  public SendWelcomeMail() {
    this(
        new Mailing(
            new DynamoMailLedger(
                Clients.dynamoDb(),
                Environment.text("MAILS_TABLE"),
                Environment.text("IMPORTS_TABLE"),
                Pause.REAL),
            new SesPostman(
                Clients.sesV2(),
                Environment.text("SENDER"),
                Environment.text("TEMPLATE"),
                Environment.text("CONFIGURATION_SET")),
            new Pace(rate(), Clock.systemUTC(), Pause.REAL),
            Environment.seconds("LEASE_SECONDS"),
            Environment.seconds("GRACE_SECONDS"),
            Clock.systemUTC()),
        new SqsQuarantine(Environment.text("QUARANTINE_QUEUE_URL")));
  }

  SendWelcomeMail(Mailing mailing, Quarantine quarantine) {
    this.mailing = mailing;
    this.quarantine = quarantine;
  }

  /** This environment's share of the rate that all of them may reach together. */
  private static double rate() {
    return (double) Environment.number("MAIL_RATE") / Environment.number("MAIL_CONCURRENCY", 1);
  }

  @Override
  SQSBatchResponse handle(SQSEvent event, Log log, Context context) {
    Map<String, List<String>> messages = new LinkedHashMap<>();
    Map<String, WelcomeMail> mails = new LinkedHashMap<>();
    for (SQSMessage message : event.getRecords()) {
      try {
        WelcomeMail mail = UserEvents.welcomeMail(message.getBody());
        mails.putIfAbsent(mail.userId(), mail);
        messages.computeIfAbsent(mail.userId(), _ -> new ArrayList<>()).add(message.getMessageId());
      } catch (IllegalArgumentException e) {
        quarantine.put(message.getBody(), String.valueOf(e.getMessage()));
        log.error("quarantined", "messageId", message.getMessageId(), "cause", e.getMessage());
      }
    }
    if (mails.isEmpty()) {
      return new SQSBatchResponse(List.of());
    }
    Report report =
        mailing.send(
            List.copyOf(mails.values()),
            context.getAwsRequestId(),
            () -> Duration.ofMillis(context.getRemainingTimeInMillis()));
    write(report, log);
    List<BatchItemFailure> failures = new ArrayList<>();
    messages.forEach((userId, ids) -> {
      if (!report.fates().getOrDefault(userId, Fate.IN_DOUBT).isFinal()) {
        ids.forEach(id -> failures.add(new BatchItemFailure(id)));
      }
    });
    return new SQSBatchResponse(failures);
  }

  private static void write(Report report, Log log) {
    Object[] fields = {
      "sent", report.count(Fate.SENT),
      "doneBefore", report.count(Fate.DONE_BEFORE),
      "refused", report.count(Fate.REFUSED),
      "notSent", report.count(Fate.NOT_SENT),
      "inDoubt", report.count(Fate.IN_DOUBT),
      "takenOver", report.takenOver(),
      "reasons", report.reasons().isEmpty() ? "" : String.join("; ", report.reasons())
    };
    if (report.takenOver() > 0 || !report.reasons().isEmpty()) {
      log.warn("mailed", fields);
    } else {
      log.info("mailed", fields);
    }
  }
}
