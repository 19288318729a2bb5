package dev.onboard.local.s3;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

/**
 * The events that changes of objects send to the default bus, within the write that makes them.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html">EventBridge
 *     event structure</a>
 */
final class Notices {
  private static final int ENTRIES = 10;

  private final Environment env;

  Notices(Environment env) {
    this.env = env;
  }

  /** Starts to collect what one write has to tell. */
  Batch batch(Bucket bucket, Requester requester) {
    return new Batch(bucket, requester);
  }

  /** The events of one write. */
  final class Batch {
    private final Bucket bucket;
    private final Requester requester;
    private final List<PutEventsRequestEntry> entries = new ArrayList<>();

    private Batch(Bucket bucket, Requester requester) {
      this.bucket = bucket;
      this.requester = requester;
    }

    Batch created(StoredVersion version, String reason) {
      ObjectNode object = object(version.key());
      object.put("size", version.size()).put("etag", version.etag());
      showVersion(object, version.version());
      object.put("sequencer", Sequence.sequencer(version.id()));
      add("Object Created", detail(object).put("reason", reason));
      return this;
    }

    Batch markerCreated(StoredVersion marker, String reason) {
      // A marker has the entity tag of what it holds, which is nothing.
      ObjectNode object = object(marker.key()).put("etag", "d41d8cd98f00b204e9800998ecf8427e");
      showVersion(object, marker.version());
      object.put("sequencer", Sequence.sequencer(marker.id()));
      add(
          "Object Deleted",
          detail(object).put("reason", reason).put("deletion-type", "Delete Marker Created"));
      return this;
    }

    Batch deleted(StoredVersion version, long number, String reason) {
      ObjectNode object = object(version.key());
      showVersion(object, version.version());
      object.put("sequencer", Sequence.sequencer(number));
      add(
          "Object Deleted",
          detail(object).put("reason", reason).put("deletion-type", "Permanently Deleted"));
      return this;
    }

    Batch tags(StoredVersion version, boolean added) {
      ObjectNode object = object(version.key()).put("etag", version.etag());
      showVersion(object, version.version());
      add(added ? "Object Tags Added" : "Object Tags Deleted", detail(object));
      return this;
    }

    /** Publishes what was collected; the write fails if the bus does not take all of it. */
    void publish() {
      if (entries.isEmpty()) {
        return;
      }
      EventBridgeClient bus =
          env.client(EventBridgeClient.class, new Principal.Service("s3.amazonaws.com"));
      for (int from = 0; from < entries.size(); from += ENTRIES) {
        List<PutEventsRequestEntry> some =
            entries.subList(from, Math.min(from + ENTRIES, entries.size()));
        PutEventsResponse answer = bus.putEvents(PutEventsRequest.builder().entries(some).build());
        if (answer.failedEntryCount() != null && answer.failedEntryCount() > 0) {
          throw S3Errors.of(
              500,
              "InternalError",
              "We encountered an internal error. Please try again. (the default event bus refused "
                  + answer.entries()
                  + ")");
        }
      }
    }

    private ObjectNode object(String key) {
      return JsonNodeFactory.instance.objectNode().put("key", key);
    }

    private void showVersion(ObjectNode object, String version) {
      if (!version.equals(Ids.NULL)) {
        object.put("version-id", version);
      }
    }

    private ObjectNode detail(ObjectNode object) {
      ObjectNode detail = JsonNodeFactory.instance.objectNode().put("version", "0");
      detail.putObject("bucket").put("name", bucket.name());
      detail.set("object", object);
      detail.put("request-id", requester.requestId()).put("requester", requester.name());
      if (requester.sourceIp() != null) {
        detail.put("source-ip-address", requester.sourceIp());
      }
      return detail;
    }

    private void add(String type, ObjectNode detail) {
      if (bucket.eventBridge()) {
        entries.add(
            PutEventsRequestEntry.builder()
                .source("aws.s3")
                .detailType(type)
                .detail(detail.toString())
                .resources(bucket.arn())
                .time(env.clock().now())
                .build());
      }
    }
  }
}
