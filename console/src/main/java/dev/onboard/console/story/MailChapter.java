package dev.onboard.console.story;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.stack.MailItem;
import dev.onboard.console.stack.UserItem;
import dev.onboard.console.story.Step.State;
import dev.onboard.console.trail.AcceptedEvent;
import dev.onboard.console.trail.TargetName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A user's welcome mail: queue, function, ledger, SES and what SES told of it. */
final class MailChapter {
  private static final String ACCEPTED = "Accepted";
  private static final String FUNCTION = "SendWelcomeMail";
  static final String SES = "aws.ses";
  private static final String QUEUE = "WelcomeMailQueueUrl";

  private final Sources sources;
  private final FunctionLogs logs;
  private final EventSteps events;

  MailChapter(Sources sources, FunctionLogs logs, EventSteps events) {
    this.sources = sources;
    this.logs = logs;
    this.events = events;
  }

  /** The mail's entry in the ledger, if there is one. */
  Optional<MailItem> entry(String userId) {
    return MailItem.find(sources.client(DynamoDbClient.class), sources.stack(), userId);
  }

  /**
   * Tells of a user's mail.
   *
   * @param about events with the user's address, oldest first
   */
  void tell(String address, List<AcceptedEvent> about, Draft draft) {
    inQueue(address, draft);
    Optional<MailItem> entry = entry(UserItem.idOf(address));
    Optional<Invocation> invocation = entry.flatMap(e -> claimed(e, draft));
    List<? extends JsonNode> mails =
        sources.mailsTo(address).stream().filter(m -> isOurs(m, address)).toList();
    for (JsonNode mail : mails) {
      Instant at = Instant.parse(mail.path("at").asText());
      draft.add(sent(mail, at));
      draft.milestone("mail sent", at);
    }
    List<AcceptedEvent> told = about.stream().filter(e -> e.source().equals(SES)).toList();
    told.forEach(e -> draft.add(events.step(e)));
    Instant lastTold = told.isEmpty() ? null : told.getLast().at();
    entry.ifPresent(e -> outcome(e, invocation.orElse(null), lastTold, draft));
  }

  /** Whether a mail is the welcome of a user, which its tags say. */
  private static boolean isOurs(JsonNode mail, String address) {
    return mail.at("/tags/userId").asText().equals(UserItem.idOf(address));
  }

  private void inQueue(String address, Draft draft) {
    String url = sources.stack().output(QUEUE);
    String queue = TargetName.lastPart(url);
    for (JsonNode message : sources.messages(url, PersonStory.quoted(address))) {
      int receives = message.path("receives").asInt();
      Step.Builder step =
          Step.of("SQS", "UserCreated waits in queue WelcomeMailQueue")
              .at(Instant.parse(message.path("sent").asText()))
              .state(State.WAITING)
              .detail(
                  receives == 0
                      ? "nobody received it yet"
                      : "received %d times; it shows again at %s"
                          .formatted(receives, message.path("visible").asText()))
              .link(Reference.to("queue WelcomeMailQueue", "queues", queue))
              .command(
                  ShownBy.aws(
                      "sqs",
                      "get-queue-attributes",
                      "--queue-url",
                      url,
                      "--attribute-names",
                      "All"));
      draft.add(step);
    }
  }

  private Optional<Invocation> claimed(MailItem entry, Draft draft) {
    Optional<Invocation> invocation = logs.invocation(FUNCTION, entry.claimedBy());
    invocation.ifPresentOrElse(
        i -> draft.add(i.step(FUNCTION + " worked on the mail, among others")),
        () ->
            draft.unknown(
                "The log of the invocation that claimed the mail (%s) is gone."
                    .formatted(entry.claimedBy())));
    if (entry.status().equals("CLAIMED")) {
      draft.add(
          ledger(entry, "the mail is claimed, and nobody knows yet whether it was sent")
              .state(State.WAITING)
              .detail("claimed at " + entry.claimedAt() + ", until " + entry.leaseUntil()));
    }
    if (entry.takenOver() > 0) {
      draft.unknown(
          "A claim of the mail was given up as lost %d times; it may have been sent more than once."
              .formatted(entry.takenOver()));
    }
    return invocation;
  }

  private static Step.Builder sent(JsonNode mail, Instant at) {
    String id = mail.path("messageId").asText();
    List<String> to =
        StreamSupport.stream(mail.path("to").spliterator(), false).map(JsonNode::asText).toList();
    return Step.of("SES", "mail \"" + mail.path("subject").asText() + "\" was accepted")
        .at(at)
        .detail("to " + String.join(", ", to) + ", from " + mail.path("from").asText())
        .detail("message id " + id)
        .link(Reference.to("mail", "mail", id))
        .command(ShownBy.onboard("mail", to.isEmpty() ? "" : to.getFirst()));
  }

  private void outcome(
      MailItem entry, @Nullable Invocation invocation, @Nullable Instant lastTold, Draft draft) {
    if (entry.status().equals("CLAIMED")) {
      return;
    }
    Instant at = decided(entry, invocation, lastTold);
    boolean undeliverable = entry.status().equals("UNDELIVERABLE");
    draft.add(
        ledger(
                entry,
                undeliverable ? "the mail is marked undeliverable" : "the mail is marked sent")
            .at(at)
            .state(undeliverable ? State.FAILED : State.OK)
            .detail("outcome: " + entry.outcome()));
  }

  /** When the entry became what it is. */
  private static @Nullable Instant decided(
      MailItem entry, @Nullable Invocation invocation, @Nullable Instant lastTold) {
    // What the function marked itself it marked right before it said so.
    if (ACCEPTED.equals(entry.outcome()) && invocation != null && !invocation.lines().isEmpty()) {
      return invocation.lines().getLast().at();
    }
    // Else SES's event did, whose time is that of what it tells of.
    Instant dated = entry.outcomeAt() == null ? null : Instant.parse(entry.outcomeAt());
    return dated == null || lastTold == null || dated.isAfter(lastTold) ? dated : lastTold;
  }

  private Step.Builder ledger(MailItem entry, String what) {
    String table = sources.stack().output("MailsTableName");
    return Step.of("DynamoDB", what)
        .link(Reference.to("user", "users", entry.email()))
        .command(
            ShownBy.aws(
                "dynamodb",
                "get-item",
                "--table-name",
                table,
                "--key",
                "{\"userId\":{\"S\":\"" + entry.userId() + "\"}}"));
  }
}
