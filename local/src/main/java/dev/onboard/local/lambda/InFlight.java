package dev.onboard.local.lambda;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * The messages that pollers have received and are not through with.
 *
 * <p>AWS's pollers do not die; these do, with the runtime. What they held is given back when the
 * runtime goes on, instead of staying hidden for the whole visibility timeout.
 */
final class InFlight {
  private static final Logger LOG = LoggerFactory.getLogger(InFlight.class);
  private static final int MOST_A_CALL = 10;

  private final Environment env;

  InFlight(Environment env) {
    this.env = env;
  }

  /** Notes what was received and answers the number of the note. */
  long note(String mapping, List<Message> messages) {
    ArrayNode receipts = Json.MAPPER.createArrayNode();
    messages.forEach(m -> receipts.add(m.receiptHandle()));
    return env.store()
        .write(tx ->
            tx.insert(
                "INSERT INTO lambda_in_flight(mapping, receipts) VALUES (?, ?)",
                mapping,
                receipts.toString()));
  }

  /** Strikes notes out: the messages were dealt with, or are to come back in their own time. */
  void done(List<Long> notes) {
    env.store()
        .write(tx -> {
          notes.forEach(note -> tx.update("DELETE FROM lambda_in_flight WHERE id = ?", note));
          return null;
        });
  }

  /** Gives back what the pollers of these mappings held when the runtime ended. */
  void giveBack(List<EventSourceMappingConfiguration> mappings, Functions functions) {
    for (EventSourceMappingConfiguration mapping : mappings) {
      List<String> noted =
          env.store()
              .read(tx ->
                  tx.list(
                      "SELECT receipts FROM lambda_in_flight WHERE mapping = ?",
                      r -> r.string(1),
                      mapping.uuid()));
      if (!noted.isEmpty()) {
        giveBack(mapping, functions, noted);
      }
    }
    env.store().write(tx -> tx.update("DELETE FROM lambda_in_flight"));
  }

  private void giveBack(
      EventSourceMappingConfiguration mapping, Functions functions, List<String> noted) {
    FunctionName function = FunctionName.parse(mapping.functionArn());
    String arn = mapping.eventSourceArn();
    String queue = arn.substring(arn.lastIndexOf(':') + 1);
    try {
      String role = functions.resolve(function).config().role();
      SqsClient sqs = env.client(SqsClient.class, new Principal.RoleSession(role, function.name()));
      String url = sqs.getQueueUrl(g -> g.queueName(queue)).queueUrl();
      for (String receipts : noted) {
        List<ChangeMessageVisibilityBatchRequestEntry> entries = entries(receipts);
        for (int from = 0; from < entries.size(); from += MOST_A_CALL) {
          var some = entries.subList(from, Math.min(entries.size(), from + MOST_A_CALL));
          // A receipt that has run out is refused on its own; its message is visible already.
          sqs.changeMessageVisibilityBatch(c -> c.queueUrl(url).entries(some));
        }
      }
    } catch (AwsServiceException e) {
      LOG.warn("messages of {} stay hidden until they time out: {}", queue, AwsErrors.message(e));
    }
  }

  private static List<ChangeMessageVisibilityBatchRequestEntry> entries(String receipts) {
    var handles = new ArrayList<String>();
    Json.tree(receipts.getBytes(StandardCharsets.UTF_8)).forEach(r -> handles.add(r.asText()));
    return visible(0, handles);
  }

  /** What lets received messages be visible again after a time. */
  static List<ChangeMessageVisibilityBatchRequestEntry> visibleAfter(
      int seconds, List<Message> messages) {
    return visible(seconds, messages.stream().map(Message::receiptHandle).toList());
  }

  private static List<ChangeMessageVisibilityBatchRequestEntry> visible(
      int seconds, List<String> receipts) {
    var entries = new ArrayList<ChangeMessageVisibilityBatchRequestEntry>();
    for (String receipt : receipts) {
      entries.add(
          ChangeMessageVisibilityBatchRequestEntry.builder()
              .id("" + entries.size())
              .receiptHandle(receipt)
              .visibilityTimeout(seconds)
              .build());
    }
    return entries;
  }
}
