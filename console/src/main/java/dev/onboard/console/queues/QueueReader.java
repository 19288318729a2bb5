package dev.onboard.console.queues;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.names.Names;
import dev.onboard.console.web.Environment;
import dev.onboard.console.web.Refusal;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** Reads how queues stand, and what is in them. */
final class QueueReader {
  private static final int MOST = 1000;

  private final Environment env;
  private final SqsClient sqs;
  private final Names names;
  private final Wiring wiring;
  private final Instant now;
  private final Map<String, Instant> oldest = new HashMap<>();

  /** The attributes of all queues by their URLs, in the order of their names. */
  private final Map<String, Map<QueueAttributeName, String>> queues = new LinkedHashMap<>();

  QueueReader(Environment env) {
    this.env = env;
    this.sqs = env.sdk().client(SqsClient.class);
    this.names = Names.of(env);
    this.wiring = Wiring.read(env.sdk(), names);
    this.now = env.now();
    for (String url : sqs.listQueues(l -> l.maxResults(MOST)).queueUrls()) {
      attributes(url).ifPresent(a -> queues.put(url, a));
    }
    // Whose dead letters are in a queue is said by the queues that they come from.
    queues
        .values()
        .forEach(a ->
            wiring.redrives(
                a.getOrDefault(QueueAttributeName.QUEUE_ARN, ""),
                a.get(QueueAttributeName.REDRIVE_POLICY)));
    for (JsonNode backlog : env.questions().ask("backlogs", Map.of())) {
      oldest.put(backlog.path("queue").asText(), Instant.parse(backlog.path("oldest").asText()));
    }
  }

  Names names() {
    return names;
  }

  Wiring wiring() {
    return wiring;
  }

  /**
   * A page of all queues, in the order of their names.
   *
   * @param next the name after which the next page begins, if there is one
   */
  record Listed(List<QueueState> queues, @Nullable String next) {}

  Listed list(@Nullable String after, int size) {
    List<QueueState> rest =
        queues.entrySet().stream()
            .map(q -> state(q.getKey(), q.getValue()))
            .filter(q -> after == null || q.name().compareTo(after) > 0)
            .limit(size + 1L)
            .toList();
    return rest.size() > size
        ? new Listed(rest.subList(0, size), rest.get(size - 1).name())
        : new Listed(rest, null);
  }

  /** The queue of a name. */
  QueueState find(String name) {
    String url = urlOf(sqs, name);
    return attributes(url)
        .map(a -> state(url, a))
        .orElseThrow(() -> Refusal.notFound("There is no queue " + name + "."));
  }

  private Optional<Map<QueueAttributeName, String>> attributes(String url) {
    try {
      return Optional.of(
          sqs.getQueueAttributes(g -> g.queueUrl(url).attributeNames(QueueAttributeName.ALL))
              .attributes());
    } catch (QueueDoesNotExistException e) {
      // Somebody deleted it a moment ago.
      return Optional.empty();
    }
  }

  private QueueState state(String url, Map<QueueAttributeName, String> attributes) {
    String name = url.substring(url.lastIndexOf('/') + 1);
    return new QueueState(
        name,
        names.queue(name),
        url,
        attributes,
        wiring.of(attributes.getOrDefault(QueueAttributeName.QUEUE_ARN, "")),
        oldest.get(name),
        now);
  }

  static String urlOf(SqsClient sqs, String name) {
    try {
      return sqs.getQueueUrl(g -> g.queueName(name)).queueUrl();
    } catch (QueueDoesNotExistException e) {
      throw Refusal.notFound("There is no queue " + name + ".");
    }
  }

  /** The messages of a queue, newest first, from a number down. */
  static List<QueuedMessage> messages(
      Environment env, String queue, @Nullable String text, @Nullable Long before, int atMost) {
    var asked = new HashMap<>(Map.of("queue", queue, "limit", String.valueOf(atMost)));
    if (text != null) {
      asked.put("contains", text);
    }
    if (before != null) {
      asked.put("before", before.toString());
    }
    return env.questions().ask("messages", asked).stream().map(QueuedMessage::of).toList();
  }

  /** A message of a queue, if it is still there. */
  static Optional<QueuedMessage> message(Environment env, String queue, String number) {
    return env.questions().ask("messages", Map.of("queue", queue, "number", number)).stream()
        .findFirst()
        .map(QueuedMessage::of);
  }
}
