package dev.onboard.local.sns;

import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import dev.onboard.local.clock.Timer;
import dev.onboard.local.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * Delivers notifications, each in the write that published it. What the receiving service failed to
 * take is kept and tried again on the clock (SNS developer guide, "Message delivery retries"); what
 * it refused, or has failed for too long, goes to the subscription's dead-letter queue.
 */
final class Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  private final Environment env;
  private final Subscriptions subscriptions;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Timer timer;

  Delivery(Environment env, Subscriptions subscriptions) {
    this.env = env;
    this.subscriptions = subscriptions;
  }

  private <C extends SdkClient> C client(Class<C> contract) {
    return env.client(contract, new Principal.Service("sns.amazonaws.com"));
  }

  void deliver(Tx tx, Subscriptions.Subscription subscription, Notification notification) {
    attempt(tx, subscription, notification, env.clock().now(), 0);
  }

  /** One attempt; answers nothing, because whatever comes of it is kept. */
  private void attempt(
      Tx tx,
      Subscriptions.Subscription subscription,
      Notification notification,
      Instant firstTried,
      int before) {
    try {
      env.store()
          .write(inner -> {
            send(subscription, notification);
            return null;
          });
    } catch (AwsServiceException e) {
      boolean refused = e.statusCode() < 500 && e.statusCode() != 429;
      Instant now = env.clock().now();
      if (refused || now.isAfter(firstTried.plus(Limits.RETRIED))) {
        bury(subscription, notification, e);
        return;
      }
      tx.update(
          "INSERT INTO sns_retry(subscription, notification, first_tried, attempts, due)"
              + " VALUES (?, ?, ?, ?, ?)",
          subscription.id(),
          notification.write(),
          firstTried,
          before + 1,
          now.plus(pause(before + 1)));
      env.store().afterCommit(this::await);
    }
  }

  /** Three times at once, twice after a second, ten times slower and slower, then every 20 s. */
  private static Duration pause(int attempts) {
    if (attempts <= 3) {
      return Duration.ZERO;
    }
    if (attempts <= 5) {
      return Duration.ofSeconds(1);
    }
    return Duration.ofSeconds(Math.min(20, 1L << Math.min(5, attempts - 5)));
  }

  private void send(Subscriptions.Subscription subscription, Notification notification) {
    String arn = subscriptions.arn(subscription);
    if (subscription.protocol().equals("lambda")) {
      client(LambdaClient.class)
          .invoke(b ->
              b.functionName(subscription.endpoint())
                  .invocationType(InvocationType.EVENT)
                  .payload(SdkBytes.fromUtf8String(notification.functionEvent(arn))));
      return;
    }
    SendMessageRequest.Builder message = toQueue(subscription.endpoint(), notification);
    if (subscription.raw()) {
      if (notification.attributes().size() > Limits.RAW_ATTRIBUTES) {
        throw SnsErrors.invalidValue(
            "A message with more than 10 attributes cannot be delivered raw.");
      }
      message.messageBody(notification.message()).messageAttributes(queueAttributes(notification));
    } else {
      message.messageBody(notification.envelope(arn));
    }
    client(SqsClient.class).sendMessage(message.build());
  }

  private static SendMessageRequest.Builder toQueue(String arn, Notification notification) {
    String[] parts = arn.split(":");
    var message =
        SendMessageRequest.builder()
            .queueUrl("https://sqs." + parts[3] + ".amazonaws.com/" + parts[4] + "/" + parts[5]);
    if (arn.endsWith(".fifo")) {
      message.messageDeduplicationId(notification.deduplicationId());
    }
    // A FIFO topic's groups end where a standard queue begins; a standard topic's go with it.
    if (arn.endsWith(".fifo") || !notification.fromFifo()) {
      message.messageGroupId(notification.groupId());
    }
    return message;
  }

  private static Map<String, MessageAttributeValue> queueAttributes(Notification notification) {
    var attributes = new LinkedHashMap<String, MessageAttributeValue>();
    notification
        .attributes()
        .forEach((name, value) ->
            attributes.put(
                name,
                MessageAttributeValue.builder()
                    .dataType(value.dataType())
                    .stringValue(value.stringValue())
                    .binaryValue(value.binaryValue())
                    .build()));
    return attributes;
  }

  private void bury(
      Subscriptions.Subscription subscription, Notification notification, AwsServiceException why) {
    String target = subscription.deadLetters();
    String arn = subscriptions.arn(subscription);
    if (target == null) {
      LOG.warn(
          "message {} was not delivered to {} and is dropped: {}",
          notification.messageId(),
          subscription.endpoint(),
          AwsErrors.message(why));
      return;
    }
    try {
      var message = toQueue(target, notification);
      if (subscription.raw()) {
        message
            .messageBody(notification.message())
            .messageAttributes(queueAttributes(notification));
      } else {
        message.messageBody(notification.envelope(arn));
      }
      env.store().write(tx -> client(SqsClient.class).sendMessage(message.build()));
    } catch (AwsServiceException e) {
      LOG.warn(
          "message {} was not delivered to {} nor to {} and is dropped: {}; {}",
          notification.messageId(),
          subscription.endpoint(),
          target,
          AwsErrors.message(why),
          AwsErrors.message(e));
    }
  }

  /** Waits for the next delivery that is to be tried again. */
  void await() {
    long due = env.store().read(tx -> tx.number("SELECT min(due) FROM sns_retry"));
    if (due == 0) {
      return;
    }
    lock.lock();
    try {
      if (timer != null) {
        timer.cancel();
      }
      timer = env.clock().at(Instant.ofEpochMilli(due), this::retry);
    } finally {
      lock.unlock();
    }
  }

  private record Retry(
      long id, String subscription, String notification, Instant firstTried, int attempts) {}

  private void retry() {
    Optional<Retry> next;
    do {
      next = env.store().write(this::retryOne);
    } while (next.isPresent());
    await();
  }

  private Optional<Retry> retryOne(Tx tx) {
    Optional<Retry> due =
        tx.first(
            "SELECT * FROM sns_retry WHERE due <= ? ORDER BY due, id LIMIT 1",
            r ->
                new Retry(
                    r.number("id"),
                    r.string("subscription"),
                    r.string("notification"),
                    r.instant("first_tried"),
                    r.integer("attempts")),
            env.clock().now());
    due.ifPresent(retry -> {
      tx.update("DELETE FROM sns_retry WHERE id = ?", retry.id());
      subscriptions
          .find(tx, retry.subscription())
          .ifPresent(s ->
              attempt(
                  tx,
                  s,
                  Notification.read(retry.notification()),
                  retry.firstTried(),
                  retry.attempts()));
    });
    return due;
  }
}
