package dev.onboard.local.sns;

import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.RequestIds;
import dev.onboard.local.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sns.model.BatchEntryIdsNotDistinctException;
import software.amazon.awssdk.services.sns.model.BatchRequestTooLongException;
import software.amazon.awssdk.services.sns.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sns.model.EmptyBatchRequestException;
import software.amazon.awssdk.services.sns.model.InvalidBatchEntryIdException;
import software.amazon.awssdk.services.sns.model.PublishBatchRequest;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchResponse;
import software.amazon.awssdk.services.sns.model.PublishBatchResultEntry;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;
import software.amazon.awssdk.services.sns.model.TooManyEntriesInBatchRequestException;

/** Publishes messages: in one write to every subscription that wants them. */
final class Publishing {
  private static final long FIRST_SEQUENCE = 10_000_000_000_000_000L;

  private final Environment env;
  private final Topics topics;
  private final Subscriptions subscriptions;
  private final Delivery delivery;
  private final FilterPolicy filters = new FilterPolicy();

  Publishing(Environment env, Topics topics, Subscriptions subscriptions, Delivery delivery) {
    this.env = env;
    this.topics = topics;
    this.subscriptions = subscriptions;
    this.delivery = delivery;
  }

  private record Published(String messageId, @Nullable String sequence) {}

  PublishResponse publish(PublishRequest request) {
    if (request.phoneNumber() != null) {
      throw SnsErrors.unsupported("Publish", "PhoneNumber");
    }
    boolean byTarget = request.topicArn() == null && request.targetArn() != null;
    String arn = byTarget ? request.targetArn() : request.topicArn();
    if (arn == null) {
      throw SnsErrors.invalid("TopicArn or TargetArn Reason: no value for required parameter");
    }
    if (arn.contains(":endpoint/")) {
      throw SnsErrors.unsupported("Publish", "a platform endpoint as TargetArn");
    }
    Publication publication = Publication.of(request);
    if (publication.bytes() > Limits.MESSAGE_BYTES) {
      throw SnsErrors.invalid("Message too long");
    }
    Published published =
        env.store()
            .write(tx -> {
              Topics.Topic topic = topics.get(tx, byTarget ? "TargetArn" : "TopicArn", arn);
              publication.checkFor(topic);
              return publish(tx, topic, publication);
            });
    return PublishResponse.builder()
        .messageId(published.messageId())
        .sequenceNumber(published.sequence())
        .build();
  }

  PublishBatchResponse publish(PublishBatchRequest request) {
    List<PublishBatchRequestEntry> entries = request.publishBatchRequestEntries();
    check(entries);
    // A bad entry fails the whole batch, as on AWS, where only what SNS itself cannot do fails one.
    var publications = new ArrayList<Publication>();
    for (int i = 0; i < entries.size(); i++) {
      publications.add(Publication.of(entries.get(i), i + 1));
    }
    if (publications.stream().mapToLong(Publication::bytes).sum() > Limits.MESSAGE_BYTES) {
      throw AwsErrors.error(
          BatchRequestTooLongException.builder(),
          400,
          "BatchRequestTooLong",
          "The length of all the messages put together is more than the limit.");
    }
    var done = new ArrayList<PublishBatchResultEntry>();
    env.store()
        .write(tx -> {
          Topics.Topic topic = topics.get(tx, "TopicArn", request.topicArn());
          publications.forEach(p -> p.checkFor(topic));
          for (int i = 0; i < entries.size(); i++) {
            done.add(done(entries.get(i), publish(tx, topic, publications.get(i))));
          }
          return null;
        });
    return PublishBatchResponse.builder()
        .successful(done)
        .failed(List.<BatchResultErrorEntry>of())
        .build();
  }

  private static PublishBatchResultEntry done(PublishBatchRequestEntry entry, Published published) {
    return PublishBatchResultEntry.builder()
        .id(entry.id())
        .messageId(published.messageId())
        .sequenceNumber(published.sequence())
        .build();
  }

  private static void check(List<PublishBatchRequestEntry> entries) {
    if (entries.isEmpty()) {
      throw AwsErrors.error(
          EmptyBatchRequestException.builder(),
          400,
          "EmptyBatchRequest",
          "The batch request doesn't contain any entries.");
    }
    if (entries.size() > Limits.BATCH_ENTRIES) {
      throw AwsErrors.error(
          TooManyEntriesInBatchRequestException.builder(),
          400,
          "TooManyEntriesInBatchRequest",
          "The batch request contains more entries than permissible.");
    }
    var ids = new HashSet<String>();
    for (PublishBatchRequestEntry entry : entries) {
      String id = String.valueOf(entry.id());
      if (id.length() > 80) {
        throw badId("is too long: " + id);
      }
      if (!id.matches("[A-Za-z0-9_-]+")) {
        throw badId("contains an impermissible character: " + id);
      }
      if (!ids.add(id)) {
        throw AwsErrors.error(
            BatchEntryIdsNotDistinctException.builder(),
            400,
            "BatchEntryIdsNotDistinct",
            "Two or more batch entries in the request have the same Id.");
      }
    }
  }

  private static AwsServiceException badId(String what) {
    return AwsErrors.error(
        InvalidBatchEntryIdException.builder(),
        400,
        "InvalidBatchEntryId",
        "The Id of a batch entry in the batch request " + what);
  }

  private Published publish(Tx tx, Topics.Topic topic, Publication publication) {
    Instant now = env.clock().now();
    String messageId = RequestIds.next();
    String sequence = null;
    if (topic.fifo()) {
      Published before = before(tx, topic, publication, now);
      if (before != null) {
        return before;
      }
      long number = next(tx, topic);
      sequence = sequence(number);
      remember(tx, topic, publication, messageId, number, now);
    }
    String byAttributes = null;
    for (Subscriptions.Subscription subscription : subscriptions.confirmed(tx, topic.name())) {
      String message = publication.messageFor(subscription.protocol());
      String policy = subscription.attributes().get("FilterPolicy");
      if (policy != null) {
        if (byAttributes == null) {
          byAttributes = FilterPolicy.event(publication.attributes());
        }
        if (!filters.matches(policy, subscription.filtersByBody() ? message : byAttributes)) {
          continue;
        }
      }
      delivery.deliver(
          tx,
          subscription,
          new Notification(
              messageId,
              topics.arn(topic.name()),
              message,
              publication.subject(),
              publication.attributes(),
              publication.groupId(),
              topic.fifo() ? publication.deduplication() : null,
              sequence,
              topic.signatureVersion(),
              now));
    }
    return new Published(messageId, sequence);
  }

  private static String sequence(long number) {
    // 20 digits that end in three zeros, as on AWS.
    return (FIRST_SEQUENCE + number) + "000";
  }

  private static long next(Tx tx, Topics.Topic topic) {
    tx.update("UPDATE sns_topic SET sequence = sequence + 1 WHERE name = ?", topic.name());
    return tx.number("SELECT sequence FROM sns_topic WHERE name = ?", topic.name());
  }

  private static @Nullable Published before(
      Tx tx, Topics.Topic topic, Publication publication, Instant now) {
    return tx.first(
            "SELECT message_id, sequence FROM sns_deduplication"
                + " WHERE topic = ? AND scope = ? AND dedup_id = ? AND at > ?",
            r -> new Published(r.string(1), sequence(r.number(2))),
            topic.name(),
            scope(topic, publication),
            publication.deduplication(),
            now.minus(Limits.DEDUPLICATION))
        .orElse(null);
  }

  private static void remember(
      Tx tx,
      Topics.Topic topic,
      Publication publication,
      String messageId,
      long number,
      Instant now) {
    tx.update(
        "DELETE FROM sns_deduplication WHERE topic = ? AND at <= ?",
        topic.name(),
        now.minus(Limits.DEDUPLICATION));
    tx.update(
        "INSERT OR REPLACE INTO sns_deduplication VALUES (?, ?, ?, ?, ?, ?)",
        topic.name(),
        scope(topic, publication),
        publication.deduplication(),
        messageId,
        number,
        now);
  }

  private static String scope(Topics.Topic topic, Publication publication) {
    return topic.deduplicatesByGroup() ? String.valueOf(publication.groupId()) : "";
  }
}
