package dev.onboard.functions.event;

import dev.onboard.functions.mail.Outcomes.Kind;
import dev.onboard.functions.mail.Outcomes.Outcome;
import dev.onboard.functions.mail.SentMails;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;

/** The log group into which a rule writes SES's events of accepted mails. */
public final class LogSentMails implements SentMails {

  /** By so much SES's clock may be behind that of a function. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  private final Supplier<CloudWatchLogsClient> logs;
  private final String logGroup;

  /**
   * Over a log group.
   *
   * @param logs asked when it is needed, which is seldom
   */
  public LogSentMails(Supplier<CloudWatchLogsClient> logs, String logGroup) {
    this.logs = logs;
    this.logGroup = logGroup;
  }

  @Override
  public List<Outcome> of(String attempt, Instant since) {
    List<Outcome> sent = new ArrayList<>();
    var found =
        logs.get()
            .filterLogEventsPaginator(filter ->
                filter
                    .logGroupName(logGroup)
                    .startTime(since.minus(SKEW).toEpochMilli())
                    .filterPattern('"' + attempt + '"'));
    for (FilteredLogEvent event : found.events()) {
      SesEvents.outcome(event.message())
          .filter(outcome -> outcome.kind() == Kind.SENT)
          .ifPresent(sent::add);
    }
    return sent;
  }
}
