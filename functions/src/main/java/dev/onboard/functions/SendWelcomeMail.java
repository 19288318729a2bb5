package dev.onboard.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.onboard.functions.event.LogSentMails;
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
  private final Postponement postponement;
  private final Clock clock;

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
            new LogSentMails(Clients::cloudWatchLogs, Environment.text("SENT_MAILS_LOG")),
            new Pace(rate(), Clock.systemUTC(), Pause.REAL),
            Environment.seconds("LEASE_SECONDS"),
            Environment.seconds("GRACE_SECONDS"),
            Clock.systemUTC()),
        new SqsQuarantine(Environment.text("QUARANTINE_QUEUE_URL")),
        new SqsPostponement(Environment.text("QUEUE_URL")),
        Clock.systemUTC());
  }

  SendWelcomeMail(Mailing mailing, Quarantine quarantine, Postponement postponement, Clock clock) {
    this.mailing = mailing;
    this.quarantine = quarantine;
    this.postponement = postponement;
    this.clock = clock;
  }

  /** This environment's share of the rate that all of them may reach together. */
  private static double rate() {
    return (double) Environment.number("MAIL_RATE") / Environment.number("MAIL_CONCURRENCY", 1);
  }

  @Override
  SQSBatchResponse handle(SQSEvent event, Log log, Context context) {
    Map<String, List<SQSMessage>> messages = new LinkedHashMap<>();
    Map<String, WelcomeMail> mails = new LinkedHashMap<>();
    for (SQSMessage message : event.getRecords()) {
      try {
        WelcomeMail mail = UserEvents.welcomeMail(message.getBody());
        mails.putIfAbsent(mail.userId(), mail);
        messages.computeIfAbsent(mail.userId(), _ -> new ArrayList<>()).add(message);
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
    postpone(messages, report, log);
    List<BatchItemFailure> failures = new ArrayList<>();
    messages.forEach((userId, all) -> {
      if (!report.fates().getOrDefault(userId, Fate.IN_DOUBT).isFinal()) {
        all.forEach(message -> failures.add(new BatchItemFailure(message.getMessageId())));
      }
    });
    return new SQSBatchResponse(failures);
  }

  /** A message about a mail in doubt is of no use before the doubt is over, and late after it. */
  private void postpone(Map<String, List<SQSMessage>> messages, Report report, Log log) {
    if (report.inDoubtUntil().isEmpty()) {
      return;
    }
    Map<String, Duration> delays = new LinkedHashMap<>();
    report
        .inDoubtUntil()
        .forEach((userId, end) ->
            messages
                .get(userId)
                .forEach(message ->
                    delays.put(
                        message.getReceiptHandle(), Duration.between(clock.instant(), end))));
    try {
      postponement.postpone(delays);
    } catch (RuntimeException e) {
      // They come back after the queue's own timeout.
      log.warn("not postponed", "messages", delays.size(), "cause", e.getMessage());
    }
  }

  private static void write(Report report, Log log) {
    Object[] fields = {
      "sent", report.count(Fate.SENT),
      "doneBefore", report.count(Fate.DONE_BEFORE),
      "refused", report.count(Fate.REFUSED),
      "notSent", report.count(Fate.NOT_SENT),
      "inDoubt", report.count(Fate.IN_DOUBT),
      "settled", report.settled(),
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
