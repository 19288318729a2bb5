package dev.onboard.local.sqs;

import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Environment;
import dev.onboard.local.clock.Bell;
import dev.onboard.local.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.OverLimitException;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/** Hands out messages: at once, or within the time that a receiver is willing to wait. */
final class Receiving {
  private static final String STANDARD =
      Stored.SELECT
          + " WHERE queue = ? AND visible_at <= ? AND sent_at > ?"
          + " ORDER BY visible_at, m.seq LIMIT ?";

  /** A group of which a message is in flight gives no other: that is what keeps its order. */
  private static final String FIFO =
      Stored.SELECT
          + " WHERE queue = ?1 AND fifo = 1 AND visible_at <= ?2 AND sent_at > ?3"
          + " AND group_id NOT IN (SELECT group_id FROM sqs_message"
          + " WHERE queue = ?1 AND fifo = 1 AND visible_at > ?2 AND receives > receives_before)"
          + " ORDER BY m.seq LIMIT ?4";

  private final Environment env;
  private final Queues queues;
  private final Arrivals arrivals;
  private final DeadLetters deadLetters;

  /** How many more messages of a queue may surely be taken; counted again when used up. */
  private final Map<Long, Long> room = new HashMap<>();

  Receiving(Environment env, Queues queues, Arrivals arrivals, DeadLetters deadLetters) {
    this.env = env;
    this.queues = queues;
    this.arrivals = arrivals;
    this.deadLetters = deadLetters;
  }

  List<Message> receive(ReceiveMessageRequest request) {
    check(request);
    if (Integer.valueOf(0).equals(request.waitTimeSeconds())) {
      return attempt(request, true);
    }
    Queue queue = env.store().read(tx -> queues.at(tx, request.queueUrl()));
    Duration wait =
        request.waitTimeSeconds() == null
            ? queue.waitTime()
            : Duration.ofSeconds(request.waitTimeSeconds());
    if (wait.isZero() || env.store().isWriting()) {
      return attempt(request, true);
    }
    Instant until = env.clock().now().plus(wait);
    while (true) {
      Bell bell = arrivals.join(queue.id());
      boolean looksAgain = false;
      try {
        List<Message> messages = attempt(request, false);
        if (!messages.isEmpty() || !env.clock().now().isBefore(until) || arrivals.closed()) {
          return messages;
        }
        bell.await(earlier(until, nextVisible(queue)));
        looksAgain = true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return List.of();
      } finally {
        boolean rung = arrivals.leave(queue.id(), bell);
        if (rung && !looksAgain) {
          arrivals.wake(queue.id(), 1);
        }
      }
    }
  }

  private static void check(ReceiveMessageRequest request) {
    Integer wait = request.waitTimeSeconds();
    if (wait != null && (wait < 0 || wait > Limits.WAIT_SECONDS)) {
      throw SqsErrors.invalidParameter(
          "WaitTimeSeconds", wait, "Must be >= 0 and <= 20, if provided.");
    }
    Integer number = request.maxNumberOfMessages();
    if (number != null && (number < 1 || number > Limits.RECEIVED_AT_ONCE)) {
      throw SqsErrors.invalidParameter(
          "MaxNumberOfMessages", number, "Must be between 1 and 10, if provided.");
    }
    Visibility.checkTimeout(request.visibilityTimeout());
    for (String name : systemNames(request)) {
      if (!name.equals("All")
          && MessageSystemAttributeName.fromValue(name)
              == MessageSystemAttributeName.UNKNOWN_TO_SDK_VERSION) {
        throw SqsErrors.unknownAttribute(name);
      }
    }
  }

  private static Set<String> systemNames(ReceiveMessageRequest request) {
    var names = new HashSet<>(request.messageSystemAttributeNamesAsStrings());
    names.addAll(request.attributeNamesAsStrings());
    return names;
  }

  private static Instant earlier(Instant a, @Nullable Instant b) {
    return b != null && b.isBefore(a) ? b : a;
  }

  private @Nullable Instant nextVisible(Queue queue) {
    long next =
        env.store()
            .read(tx ->
                tx.number(
                    "SELECT min(visible_at) FROM sqs_message"
                        + " WHERE queue = ? AND visible_at > ?",
                    queue.id(),
                    env.clock().now()));
    return next == 0 ? null : Instant.ofEpochMilli(next);
  }

  private List<Message> attempt(ReceiveMessageRequest request, boolean shortPoll) {
    return env.store()
        .write(tx -> {
          Queue queue = queues.at(tx, request.queueUrl());
          return new Receive(tx, queue, request, env.clock().now(), shortPoll).run();
        });
  }

  /** One receive in one transaction. */
  private final class Receive {
    private final Tx tx;
    private final Queue queue;
    private final ReceiveMessageRequest request;
    private final Instant now;
    private final boolean shortPoll;
    private final int atMost;
    private final Instant visibleAt;
    private final long receipt = ThreadLocalRandom.current().nextLong();
    private final Collection<String> systemNames;

    Receive(Tx tx, Queue queue, ReceiveMessageRequest request, Instant now, boolean shortPoll) {
      this.tx = tx;
      this.queue = queue;
      this.request = request;
      this.now = now;
      this.shortPoll = shortPoll;
      this.atMost = request.maxNumberOfMessages() == null ? 1 : request.maxNumberOfMessages();
      Integer timeout = request.visibilityTimeout();
      this.visibleAt = now.plus(timeout == null ? queue.visibility() : Duration.ofSeconds(timeout));
      this.systemNames = systemNames(request);
    }

    List<Message> run() {
      String attempt = request.receiveRequestAttemptId();
      if (attempt != null && !queue.fifo()) {
        throw SqsErrors.invalidParameter(
            "ReceiveRequestAttemptId",
            attempt,
            "The request include parameter that is not valid for this queue type.");
      }
      if (attempt != null) {
        List<Message> again = again(attempt);
        if (!again.isEmpty()) {
          return again;
        }
      }
      List<Stored> taken = take();
      if (taken.isEmpty() || noRoomFor(taken.size())) {
        return List.of();
      }
      hide(taken);
      if (attempt != null) {
        tx.update(
            "INSERT OR REPLACE INTO sqs_attempt VALUES (?, ?, ?, ?)",
            queue.id(),
            attempt,
            now,
            receipt);
      }
      var messages = new ArrayList<Message>(taken.size());
      for (Stored stored : taken) {
        long first = stored.firstReceived() == 0 ? now.toEpochMilli() : stored.firstReceived();
        messages.add(message(stored, receipt, stored.receives() + 1, first));
      }
      return messages;
    }

    private Message message(Stored stored, long receipt, int receives, long firstReceived) {
      return stored.message(
          queue, receipt, receives, firstReceived, systemNames, request.messageAttributeNames());
    }

    /** Those to hand out; what was received too often goes to the dead-letter queue instead. */
    private List<Stored> take() {
      Redrive redrive = queue.redrive();
      @Nullable Queue target =
          redrive == null ? null : queues.withArn(tx, redrive.targetArn()).orElse(null);
      while (true) {
        List<Stored> found =
            tx.list(
                queue.fifo() ? FIFO : STANDARD,
                Stored::of,
                queue.id(),
                now,
                now.minus(queue.retention()),
                atMost);
        // A target that was deleted holds nothing; the messages stay where they are.
        if (redrive == null || target == null) {
          return found;
        }
        List<Stored> dead =
            found.stream().filter(m -> m.receivesHere() >= redrive.maxReceiveCount()).toList();
        if (dead.isEmpty()) {
          return found;
        }
        deadLetters.bury(tx, dead, queue, target);
      }
    }

    private boolean noRoomFor(int messages) {
      long left = room.getOrDefault(queue.id(), 0L) - messages;
      if (left < 0) {
        left =
            Limits.IN_FLIGHT
                - tx.number(
                    "SELECT count(*) FROM sqs_message"
                        + " WHERE queue = ? AND visible_at > ? AND receives > 0",
                    queue.id(),
                    now)
                - messages;
      }
      room.put(queue.id(), Math.max(0, left));
      if (left < 0 && shortPoll) {
        throw AwsErrors.error(
            OverLimitException.builder(),
            403,
            "OverLimit",
            "Too many messages in flight: the queue has reached the limit of "
                + Limits.IN_FLIGHT
                + ".");
      }
      return left < 0;
    }

    private void hide(List<Stored> taken) {
      var sql =
          new StringBuilder(
              "UPDATE sqs_message SET visible_at = ?, receives = receives + 1, receipt = ?,"
                  + " received_at = ?, first_received = coalesce(first_received, received_at, ?)"
                  + " WHERE seq IN (?");
      sql.repeat(", ?", taken.size() - 1).append(')');
      Object[] arguments = new Object[4 + taken.size()];
      arguments[0] = visibleAt;
      arguments[1] = receipt;
      arguments[2] = now;
      arguments[3] = now;
      for (int i = 0; i < taken.size(); i++) {
        arguments[4 + i] = taken.get(i).sequence();
      }
      tx.update(sql.toString(), arguments);
    }

    /** What an earlier receive of the same attempt took, while all of it is still in flight. */
    private List<Message> again(String attempt) {
      long before =
          tx.number(
              "SELECT receipt FROM sqs_attempt WHERE queue = ? AND attempt = ? AND at > ?",
              queue.id(),
              attempt,
              now.minus(Limits.DEDUPLICATION));
      if (before == 0) {
        return List.of();
      }
      return tx
          .list(
              Stored.SELECT
                  + " WHERE queue = ? AND fifo = 1 AND visible_at > ?"
                  + " AND receipt = ? ORDER BY m.seq",
              Stored::of,
              queue.id(),
              now,
              before)
          .stream()
          .map(m -> message(m, before, m.receives(), m.firstReceived()))
          .toList();
    }
  }
}
