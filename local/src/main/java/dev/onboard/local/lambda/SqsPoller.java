package dev.onboard.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import dev.onboard.local.lambda.process.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/**
 * One SQS event source at work: a few threads, each of which gathers a batch, invokes the function
 * with it when it is its turn, and deletes what it was through with.
 *
 * <p>What fails stays in the queue and comes back after its visibility timeout, as on AWS.
 */
final class SqsPoller {
  private static final Logger LOG = LoggerFactory.getLogger(SqsPoller.class);

  /** The most invocations at a time; more would not be faster on a laptop. */
  private static final int AT_A_TIME = 2;

  private static final int LONG_POLL_SECONDS = 20;
  private static final int MOST_A_CALL = 10;
  private static final Duration AFTER_AN_ERROR = Duration.ofSeconds(5);

  /**
   * How long what a long poll brought is hidden until it is noted: a death between receiving and
   * noting costs this time, and not the queue's visibility timeout.
   */
  private static final int HIDDEN_UNNOTED_SECONDS = 5;

  /** Within a window there is no hurry; many small receives would only cost. */
  private static final Duration BETWEEN_RECEIVES = Duration.ofMillis(200);

  private final Environment env;
  private final EventSourceMappingConfiguration mapping;
  private final FunctionName function;
  private final Functions functions;
  private final Invocations invocations;
  private final InFlight inFlight;
  private final Semaphore turns;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  SqsPoller(
      Environment env,
      EventSourceMappingConfiguration mapping,
      Functions functions,
      Invocations invocations,
      InFlight inFlight) {
    this.env = env;
    this.mapping = mapping;
    this.function = FunctionName.parse(mapping.functionArn());
    this.functions = functions;
    this.invocations = invocations;
    this.inFlight = inFlight;
    this.turns = new Semaphore(invocations(mapping));
  }

  private static int invocations(EventSourceMappingConfiguration mapping) {
    return mapping.scalingConfig() == null || mapping.scalingConfig().maximumConcurrency() == null
        ? AT_A_TIME
        : Math.min(AT_A_TIME, mapping.scalingConfig().maximumConcurrency());
  }

  void start() {
    // While batches are worked on the next one is gathered.
    for (int i = 0; i <= invocations(mapping); i++) {
      threads.add(env.clock().start("poll " + function.name() + " " + i, this::run));
    }
  }

  void stop() {
    stopped = true;
    threads.forEach(Thread::interrupt);
  }

  private void run() {
    while (!stopped) {
      try {
        String role = functions.resolve(function).config().role();
        SqsClient sqs =
            env.client(SqsClient.class, new Principal.RoleSession(role, function.name()));
        String url =
            sqs.getQueueUrl(GetQueueUrlRequest.builder().queueName(queueName()).build()).queueUrl();
        while (!stopped) {
          var notes = new ArrayList<Long>();
          List<Message> batch = gather(sqs, url, notes);
          if (!batch.isEmpty() && !stopped) {
            work(sqs, url, batch, notes);
          }
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        if (stopped || Thread.currentThread().isInterrupted()) {
          return;
        }
        LOG.warn("polling {} for {} failed: {}", queueName(), function.name(), describe(e));
        if (!pause()) {
          return;
        }
      }
    }
  }

  private boolean pause() {
    try {
      env.clock().sleep(AFTER_AN_ERROR);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private String queueName() {
    String arn = mapping.eventSourceArn();
    return arn.substring(arn.lastIndexOf(':') + 1);
  }

  /**
   * Receives until the batch is full or its window is over, which begins with the first message.
   */
  private List<Message> gather(SqsClient sqs, String url, List<Long> notes)
      throws InterruptedException {
    var batch = new ArrayList<Message>();
    receiveAll(sqs, url, batch, notes);
    if (batch.isEmpty()) {
      batch.addAll(awaitFirst(sqs, url, notes));
      if (batch.isEmpty()) {
        return batch;
      }
    }
    Instant end = env.clock().now().plusSeconds(mapping.maximumBatchingWindowInSeconds());
    while (batch.size() < mapping.batchSize() && !stopped) {
      Duration left = Duration.between(env.clock().now(), end);
      if (!left.isPositive()) {
        break;
      }
      env.clock().sleep(left.compareTo(BETWEEN_RECEIVES) < 0 ? left : BETWEEN_RECEIVES);
      receiveAll(sqs, url, batch, notes);
    }
    return batch;
  }

  /** Waits for messages, which cannot be done in the write that notes them. */
  private List<Message> awaitFirst(SqsClient sqs, String url, List<Long> notes) {
    int timeout = visibilityTimeout(sqs, url);
    List<Message> first =
        sqs.receiveMessage(
                request(url, mapping.batchSize())
                    .waitTimeSeconds(LONG_POLL_SECONDS)
                    .visibilityTimeout(Math.min(timeout, HIDDEN_UNNOTED_SECONDS))
                    .build())
            .messages();
    if (!first.isEmpty()) {
      env.store()
          .write(tx -> {
            // One that is visible again by now is somebody's all the same: it is told twice.
            sqs.changeMessageVisibilityBatch(
                c -> c.queueUrl(url).entries(InFlight.visibleAfter(timeout, first)));
            return notes.add(inFlight.note(mapping.uuid(), first));
          });
    }
    return first;
  }

  private static int visibilityTimeout(SqsClient sqs, String url) {
    return Integer.parseInt(
        sqs.getQueueAttributes(
                g -> g.queueUrl(url).attributeNames(QueueAttributeName.VISIBILITY_TIMEOUT))
            .attributes()
            .get(QueueAttributeName.VISIBILITY_TIMEOUT));
  }

  /** Takes what is there, up to a whole batch, and notes it, in one write. */
  private void receiveAll(SqsClient sqs, String url, List<Message> batch, List<Long> notes) {
    env.store()
        .write(tx -> {
          var all = new ArrayList<Message>();
          List<Message> more;
          do {
            more = receive(sqs, url, mapping.batchSize() - batch.size() - all.size());
            all.addAll(more);
          } while (more.size() == MOST_A_CALL && batch.size() + all.size() < mapping.batchSize());
          if (!all.isEmpty()) {
            notes.add(inFlight.note(mapping.uuid(), all));
            batch.addAll(all);
          }
          return null;
        });
  }

  private static List<Message> receive(SqsClient sqs, String url, int most) {
    return sqs.receiveMessage(request(url, most).waitTimeSeconds(0).build()).messages();
  }

  private static ReceiveMessageRequest.Builder request(String url, int most) {
    return ReceiveMessageRequest.builder()
        .queueUrl(url)
        .maxNumberOfMessages(Math.min(MOST_A_CALL, most))
        .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
        .messageAttributeNames("All");
  }

  private void work(SqsClient sqs, String url, List<Message> batch, List<Long> notes)
      throws InterruptedException {
    byte[] event = Json.bytes(event(batch));
    Outcome outcome;
    turns.acquire();
    try {
      outcome = invocations.run(function, event);
    } finally {
      turns.release();
    }
    if (stopped && outcome instanceof Outcome.Failure) {
      // Stopped in the middle: nobody dealt with the batch, and the next start gives it back.
      return;
    }
    Set<String> failed =
        outcome instanceof Outcome.Success(byte[] payload) ? failures(payload, batch) : ids(batch);
    env.store()
        .write(tx -> {
          delete(sqs, url, batch.stream().filter(m -> !failed.contains(m.messageId())).toList());
          inFlight.done(notes);
          return null;
        });
  }

  private void delete(SqsClient sqs, String url, List<Message> done) {
    for (int from = 0; from < done.size(); from += MOST_A_CALL) {
      List<Message> some = done.subList(from, Math.min(done.size(), from + MOST_A_CALL));
      sqs.deleteMessageBatch(d ->
          d.queueUrl(url)
              .entries(
                  some.stream()
                      .map(m ->
                          DeleteMessageBatchRequestEntry.builder()
                              .id(m.messageId())
                              .receiptHandle(m.receiptHandle())
                              .build())
                      .toList()));
    }
  }

  /**
   * The messages that the function says it was not through with. A report that makes no sense means
   * all of them, as "Implementing partial batch responses" has it.
   */
  private Set<String> failures(byte[] payload, List<Message> batch) {
    if (mapping.functionResponseTypesAsStrings().isEmpty()) {
      return Set.of();
    }
    JsonNode items = Json.tree(payload).path("batchItemFailures");
    if (items.isMissingNode() || items.isNull()) {
      return Set.of();
    }
    Set<String> sent = ids(batch);
    Set<String> failed = new HashSet<>();
    for (JsonNode item : items) {
      String id = item.path("itemIdentifier").asText("");
      if (!sent.contains(id)) {
        return sent;
      }
      failed.add(id);
    }
    return failed;
  }

  private static Set<String> ids(List<Message> batch) {
    Set<String> ids = new HashSet<>();
    batch.forEach(m -> ids.add(m.messageId()));
    return ids;
  }

  private ObjectNode event(List<Message> batch) {
    ObjectNode event = Json.MAPPER.createObjectNode();
    ArrayNode records = event.putArray("Records");
    for (Message message : batch) {
      ObjectNode record =
          records
              .addObject()
              .put("messageId", message.messageId())
              .put("receiptHandle", message.receiptHandle())
              .put("body", message.body());
      ObjectNode attributes = record.putObject("attributes");
      message.attributesAsStrings().forEach(attributes::put);
      ObjectNode own = record.putObject("messageAttributes");
      message
          .messageAttributes()
          .forEach((name, value) -> {
            ObjectNode attribute = own.putObject(name);
            if (value.stringValue() != null) {
              attribute.put("stringValue", value.stringValue());
            }
            if (value.binaryValue() != null) {
              attribute.put(
                  "binaryValue",
                  Base64.getEncoder().encodeToString(value.binaryValue().asByteArray()));
            }
            attribute.putArray("stringListValues");
            attribute.putArray("binaryListValues");
            attribute.put("dataType", value.dataType());
          });
      record
          .put("md5OfBody", message.md5OfBody())
          .put("eventSource", "aws:sqs")
          .put("eventSourceARN", mapping.eventSourceArn())
          .put("awsRegion", env.region());
    }
    return event;
  }

  private static String describe(RuntimeException e) {
    return e instanceof AwsServiceException aws ? AwsErrors.message(aws) : e.toString();
  }
}
