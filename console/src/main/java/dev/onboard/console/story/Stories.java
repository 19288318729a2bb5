package dev.onboard.console.story;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.stack.ImportItem;
import dev.onboard.console.stack.MailItem;
import dev.onboard.console.stack.Stack;
import dev.onboard.console.stack.UserItem;
import dev.onboard.console.trail.AcceptedEvent;
import dev.onboard.console.web.Questions;
import dev.onboard.console.web.Sdk;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/**
 * Tells what happened to a person, an import or an event, from whatever somebody has of it: an
 * address, an event's id on a bus or of its own, an import's, a correlation, an execution's ARN or
 * name, a mail's message id, a user's id.
 */
public final class Stories {
  private static final String SES = "aws.ses";
  private static final String S3 = "aws.s3";

  private final Sdk sdk;
  private final Questions questions;
  private final String stackName;

  public Stories(Sdk sdk, Questions questions, String stackName) {
    this.sdk = sdk;
    this.questions = questions;
    this.stackName = stackName;
  }

  /**
   * Tells a story.
   *
   * @throws NoSuchElementException if nothing is known of it, or there is no stack
   */
  public Story of(String text) {
    String asked = text.strip();
    Stack stack =
        Stack.find(sdk.client(CloudFormationClient.class), stackName)
            .orElseThrow(() -> new NoSuchElementException("there is no stack " + stackName));
    var sources = new Sources(sdk, questions, stack);
    if (asked.isEmpty()) {
      throw new NoSuchElementException("say an address or an id");
    } else if (asked.contains("@")) {
      return new PersonStory(sources, UserItem.keyOf(asked)).tell();
    }
    Stream<Function<String, Optional<Story>>> ways =
        Stream.of(
            id -> ofExecution(sources, id),
            id -> ofImport(sources, id),
            id -> ofMail(sources, id),
            id -> ofEvent(sources, id),
            id -> ofUser(sources, id),
            id -> ofName(sources, id));
    return ways.flatMap(way -> way.apply(asked).stream())
        .findFirst()
        // A row may have in the place of an address what is none.
        .orElseGet(() -> new PersonStory(sources, UserItem.keyOf(asked)).tell());
  }

  /** An execution by its ARN or, if it is the workflow's, by its name. */
  private static Optional<Story> ofExecution(Sources sources, String id) {
    var workflow = new WorkflowChapter(sources);
    String machine = sources.stack().output("ImportStateMachineArn");
    String arn =
        id.startsWith("arn:") ? id : machine.replace(":stateMachine:", ":execution:") + ":" + id;
    return isExecution(arn)
        ? workflow.describe(arn).map(e -> ofExecution(sources, e))
        : Optional.empty();
  }

  private static boolean isExecution(String arn) {
    return arn.matches(
        "arn:[^:]+:states:[^:]*:\\d*:(execution|express):[^:]+:[A-Za-z0-9_:-]{1,300}");
  }

  private static Story ofExecution(Sources sources, DescribeExecutionResponse execution) {
    JsonNode input = WorkflowChapter.json(execution.input());
    JsonNode output = WorkflowChapter.json(execution.output());
    String importId =
        execution.mapRunArn() == null
            ? output.path("importId").asText()
            : input.at("/BatchInput/importId").asText();
    Supplier<Optional<Story>> byUpload = () -> ofUpload(sources, input.path("detail"));
    return ofImport(sources, importId)
        .or(byUpload)
        .orElseGet(() -> {
          var draft = new Draft();
          new WorkflowChapter(sources).tell(execution.executionArn(), draft);
          return draft.finish("execution " + execution.name(), execution.statusAsString());
        });
  }

  /** The import of an upload that S3's event tells of. */
  private static Optional<Story> ofUpload(Sources sources, JsonNode detail) {
    String key = detail.at("/object/key").asText();
    return key.isEmpty()
        ? Optional.empty()
        : ImportItem.ofUpload(
                sources.client(DynamoDbClient.class),
                sources.stack(),
                key,
                detail.at("/object/version-id").asText(""))
            .map(i -> new ImportStory(sources, i).tell());
  }

  /** An import by its id, or by that of one of its batches. */
  private static Optional<Story> ofImport(Sources sources, String id) {
    String importId = id.replaceFirst("#\\d+$", "");
    return importId.isEmpty()
        ? Optional.empty()
        : ImportItem.find(sources.client(DynamoDbClient.class), sources.stack(), importId)
            .map(i -> new ImportStory(sources, i).tell());
  }

  private static Optional<Story> ofMail(Sources sources, String id) {
    return sources
        .mail(id)
        .map(m -> m.at("/to/0").asText())
        .map(to -> new PersonStory(sources, UserItem.keyOf(bare(to))).tell());
  }

  /** An address without a name around it. */
  private static String bare(String address) {
    int from = address.lastIndexOf('<');
    return from < 0 ? address : address.substring(from + 1).replace(">", "");
  }

  private static Optional<Story> ofEvent(Sources sources, String id) {
    return sources.event(id).stream()
        .filter(e -> e.id().equals(id))
        .findFirst()
        .map(e -> ofEvent(sources, e));
  }

  /** The story that an event is part of. */
  private static Story ofEvent(Sources sources, AcceptedEvent event) {
    JsonNode data = event.detail().path("data");
    String address =
        event.source().equals(SES)
            ? event.detail().at("/mail/destination/0").asText()
            : data.path("email").asText();
    if (address.contains("@")) {
      return new PersonStory(sources, UserItem.keyOf(bare(address))).tell();
    }
    Optional<Story> story =
        event.source().equals(S3)
            ? ofUpload(sources, event.detail())
            : ofImport(sources, data.path("importId").asText());
    return story.orElseGet(() -> new EventStory(sources, event).tell());
  }

  private static Optional<Story> ofUser(Sources sources, String id) {
    return MailItem.find(sources.client(DynamoDbClient.class), sources.stack(), id)
        .map(m -> new PersonStory(sources, m.email()).tell());
  }

  /** The events that have a text for their own id, their correlation or their cause. */
  private static Optional<Story> ofName(Sources sources, String text) {
    List<AcceptedEvent> found = sources.eventsWith(text);
    return Stream.of("eventId", "correlationId", "causationId")
        .flatMap(field -> found.stream().filter(e -> e.metadata(field).equals(text)))
        .findFirst()
        .or(() -> found.stream().findFirst())
        .map(e -> ofEvent(sources, e));
  }
}
