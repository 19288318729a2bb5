package dev.onboard.console.story;

import dev.onboard.console.stack.ImportItem;
import dev.onboard.console.stack.RejectedRows;
import dev.onboard.console.story.FunctionLogs.Window;
import dev.onboard.console.story.Step.State;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The story of one import: upload, workflow, users, the event of its end, mails. */
final class ImportStory {
  private static final int REJECTED = 5;

  private final Sources sources;
  private final ImportItem item;
  private final FunctionLogs logs;
  private final Labels labels;
  private final EventSteps events;
  private final WorkflowChapter workflow;
  private final Draft draft = new Draft();

  ImportStory(Sources sources, ImportItem item) {
    this.sources = sources;
    this.item = item;
    this.logs = new FunctionLogs(sources);
    this.labels = new Labels(sources.stack());
    this.events = new EventSteps(labels);
    this.workflow = new WorkflowChapter(sources);
  }

  Story tell() {
    new UploadChapter(sources, events).tell(item, draft);
    duplicates();
    workflow.tell(item.execution(), draft);
    functions();
    ended();
    told();
    mails();
    new DeadLetterChapter(sources, labels).tell(item.importId(), draft);
    return draft.finish("import of " + UploadChapter.name(item), summary());
  }

  /** Other executions for the same upload, which found it registered. */
  private void duplicates() {
    if (item.version().isEmpty()) {
      return;
    }
    sources.executionsWith(item.version()).stream()
        .filter(e -> !e.hasNonNull("mapRun"))
        .map(e -> e.path("arn").asText())
        .filter(arn -> !arn.equals(item.execution()))
        .forEach(arn -> workflow.tellShort(arn, draft));
  }

  /** The functions that worked on the file as a whole, and what others complained of. */
  private void functions() {
    String pattern = "{ $.importId = \"%s\" }".formatted(item.importId());
    var window = new Window(item.startedAt(), item.endedAt());
    for (String function : List.of("InspectUpload", "ReportImport")) {
      logs.find(function, pattern, window)
          .forEach(i -> draft.add(i.step(function + " worked on the file")));
    }
    String alarming =
        "{ $.correlationId = \"%s\" && ($.level = \"WARN\" || $.level = \"ERROR\") }"
            .formatted(item.correlationId());
    for (String function : List.of("ValidateRows", "StoreUsers")) {
      logs.find(function, alarming, window)
          .forEach(i ->
              draft.add(
                  i.step(function + " complained")
                      .state(i.failed() ? State.FAILED : State.RETRIED)));
    }
  }

  private void ended() {
    Step.Builder step =
        Step.of(
                "DynamoDB",
                "the import is "
                    + item.status()
                    + String.format(
                        Locale.ROOT,
                        ": %,d of %,d rows, %,d created, %,d existing, %,d rejected",
                        item.read(),
                        item.rows(),
                        item.created(),
                        item.existing(),
                        item.rejected()))
            .at(item.endedAt())
            .state(
                item.isRunning()
                    ? State.WAITING
                    : item.status().equals("FAILED") ? State.FAILED : State.OK)
            .link(Reference.to("import", "imports", item.importId()))
            .link(Reference.to("cost", "cost").with("import", item.importId()))
            .command(
                ShownBy.aws(
                    "dynamodb",
                    "get-item",
                    "--table-name",
                    sources.stack().output("ImportsTableName"),
                    "--key",
                    "{\"importId\":{\"S\":\"" + item.importId() + "\"}}"));
    if (item.error() != null) {
      step.detail(StateVisit.said(item.error(), item.cause()));
    }
    rejected(step);
    draft.add(step);
  }

  private void rejected(Step.Builder step) {
    List<RejectedRows.Rejected> first =
        new RejectedRows(sources.client(S3Client.class)).first(item, REJECTED);
    first.forEach(r -> step.detail("row " + r.row() + ": " + r.reason()));
    if (item.rejected() > first.size() && !first.isEmpty()) {
      step.detail("and %d more".formatted(item.rejected() - first.size()));
    }
    if (item.rejectedReport() != null) {
      step.detail("all of them, with their reasons: " + item.rejectedReport());
    }
  }

  /** The event that told of the end; the state that published it knows its id. */
  private void told() {
    Stream.of("Publish ImportCompleted", "Publish ImportFailed")
        .flatMap(state -> workflow.answer(item.execution(), state).stream())
        .map(answer -> answer.at("/Entries/0/EventId").asText())
        .flatMap(id -> sources.event(id).stream())
        .forEach(e -> draft.add(events.step(e)));
  }

  private void mails() {
    if (item.mails() == 0 && item.mailsToCome() == 0 && item.undeliverable() == 0) {
      return;
    }
    Instant last =
        sources
            .lastMailOf(item.importId())
            .map(m -> Instant.parse(m.path("at").asText()))
            .orElse(null);
    Step.Builder step =
        Step.of(
                "SES",
                String.format(
                    Locale.ROOT,
                    "%,d of %,d welcome mails were sent",
                    item.mails(),
                    item.created()))
            .at(last)
            .state(item.mailsToCome() > 0 ? State.WAITING : State.OK)
            .link(Reference.to("mails", "mail"));
    if (item.undeliverable() > 0) {
      step.detail(item.undeliverable() + " were refused for their address");
    }
    if (item.mailsToCome() > 0) {
      step.detail(item.mailsToCome() + " are still to come; " + depth());
    } else {
      draft.milestone("last mail", last);
    }
    draft.add(step);
  }

  private String depth() {
    String url = sources.stack().output("WelcomeMailQueueUrl");
    var counts =
        sources
            .client(SqsClient.class)
            .getQueueAttributes(g ->
                g.queueUrl(url)
                    .attributeNames(
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
            .attributes();
    int messages =
        counts.values().stream().filter(Objects::nonNull).mapToInt(Integer::parseInt).sum();
    return messages + " messages are in queue WelcomeMailQueue";
  }

  private String summary() {
    String text = item.status().toLowerCase(Locale.ROOT);
    String rows =
        String.format(
            Locale.ROOT,
            "%,d rows: %,d created, %,d existing, %,d rejected; %,d mails",
            item.rows(),
            item.created(),
            item.existing(),
            item.rejected(),
            item.mails());
    return item.error() == null
        ? text + ", " + rows
        : text + ": " + StateVisit.said(item.error(), item.cause());
  }
}
