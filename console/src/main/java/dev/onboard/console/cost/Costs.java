package dev.onboard.console.cost;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.cost.PlainDesign.Work;
import dev.onboard.console.stack.ImportItem;
import dev.onboard.console.stack.Stack;
import dev.onboard.console.web.Questions;
import dev.onboard.console.web.Sdk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Says what the stack cost, from what the runtime's meter counted. */
public final class Costs {
  /** What SES tells of the last mails comes a moment later, and is worked on. */
  private static final Duration AFTERMATH = Duration.ofSeconds(5);

  private final Sdk sdk;
  private final Questions questions;
  private final String stackName;
  private final Prices prices;

  public Costs(Sdk sdk, Questions questions, String stackName) {
    this.sdk = sdk;
    this.questions = questions;
    this.stackName = stackName;
    this.prices = Prices.load();
  }

  /** What everything cost until now. */
  public CostReport since(Duration ago) {
    Instant now = now();
    return between(now.minus(ago), now);
  }

  /** What everything cost in a span of time. */
  public CostReport between(Instant from, Instant to) {
    Optional<Stack> stack = Stack.find(sdk.client(CloudFormationClient.class), stackName);
    List<Used> used = used(from, to);
    long mails =
        Math.round(
            used.stream().filter(u -> u.service().equals("ses")).mapToDouble(Used::quantity).sum());
    var notes = new ArrayList<String>();
    notes.add("As many users and rows are counted as mails were sent.");
    return report(
        new Subject("everything", null, from, to, mails, new Work(mails, mails)),
        used,
        Names.of(stack),
        notes);
  }

  /**
   * What an import cost: all that was used from its upload to its last mail.
   *
   * @throws NoSuchElementException if there is no such import, or no stack
   */
  public CostReport ofImport(String importId) {
    Stack stack =
        Stack.find(sdk.client(CloudFormationClient.class), stackName)
            .orElseThrow(() -> new NoSuchElementException("there is no stack " + stackName));
    ImportItem item =
        ImportItem.find(sdk.client(DynamoDbClient.class), stack, importId)
            .orElseThrow(() -> new NoSuchElementException("there is no import " + importId));
    var notes = new ArrayList<String>();
    notes.add(
        "Everything that ran from its upload to its last mail is in it, whatever it ran for.");
    Instant from = uploaded(item);
    Instant to = earlier(end(item, notes).plus(AFTERMATH), now());
    String file = item.key().substring(item.key().lastIndexOf('/') + 1);
    return report(
        new Subject(
            file,
            importId,
            from,
            to,
            item.created(),
            new Work(item.read(), item.created() + item.existing())),
        used(from, to),
        Names.of(Optional.of(stack)),
        notes);
  }

  private record Subject(
      String title, @Nullable String importId, Instant from, Instant to, long users, Work work) {}

  private CostReport report(Subject subject, List<Used> used, Names names, List<String> notes) {
    Bill bill = Bill.of(used, prices, names);
    if (!bill.notPriced().isEmpty()) {
      notes.add("Without a price here, and left out: " + String.join(", ", bill.notPriced()) + ".");
    }
    notes.add(
        "Functions and workflows take as long as they take on this machine; on AWS, where services"
            + " are further away, they take longer.");
    notes.add(
        "List prices of "
            + prices.region()
            + ", "
            + prices.date()
            + "; without the free tier, storage, alarms, keys and tracing.");
    return new CostReport(
        subject.title,
        subject.importId,
        subject.from,
        subject.to,
        bill,
        PlainDesign.of(subject.work, used, prices, names),
        subject.users,
        List.copyOf(notes),
        prices);
  }

  private List<Used> used(Instant from, Instant to) {
    return questions.ask("usage", Map.of("from", from.toString(), "to", to.toString())).stream()
        .map(Used::of)
        .toList();
  }

  /** When the upload's event was accepted, as far as that is known; else when the import began. */
  private Instant uploaded(ImportItem item) {
    return questions.ask("events", Map.of("id", item.correlationId())).stream()
        .findFirst()
        .map(e -> time(e, "time"))
        .filter(t -> t.isBefore(item.startedAt()))
        .orElse(item.startedAt());
  }

  private Instant end(ImportItem item, List<String> notes) {
    Instant ended = item.endedAt() == null ? now() : item.endedAt();
    if (item.isRunning()) {
      notes.add("It still runs.");
      return now();
    } else if (item.mailsToCome() > 0) {
      notes.add(item.mailsToCome() + " of its mails are still to come.");
      return now();
    }
    return questions
        .ask("mails", Map.of("tag", "importId=" + item.importId(), "limit", "1"))
        .stream()
        .findFirst()
        .map(m -> time(m, "at"))
        .filter(t -> t.isAfter(ended))
        .orElse(ended);
  }

  private Instant now() {
    return time(questions.askOne("health", Map.of()), "now");
  }

  private static Instant time(JsonNode json, String field) {
    return Instant.parse(json.path(field).asText());
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
