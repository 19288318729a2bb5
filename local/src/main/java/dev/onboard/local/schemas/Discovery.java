package dev.onboard.local.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.schemas.infer.InferredSchema;
import dev.onboard.local.schemas.infer.Shape;
import dev.onboard.local.schemas.infer.Titles;
import dev.onboard.local.store.Store;
import dev.onboard.local.store.Tx;
import dev.onboard.local.wire.JsonFault;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.schemas.model.CreateSchemaRequest;
import software.amazon.awssdk.services.schemas.model.GetDiscoveredSchemaRequest;
import software.amazon.awssdk.services.schemas.model.GetDiscoveredSchemaResponse;
import software.amazon.awssdk.services.schemas.model.Type;
import software.amazon.awssdk.services.schemas.model.UpdateSchemaRequest;

/**
 * Keeps the schemas of the events that discoverers see: the first event of a type makes its schema,
 * one that does not fit it makes the next version, which fits both. For an event that fits, nothing
 * is asked of the store.
 */
final class Discovery {
  static final String REGISTRY = "discovered-schemas";

  private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_EVENTS = 10;
  private static final int LONGEST_EVENT = 100_000;

  private final Store store;
  private final SchemaVersions versions;
  private final Map<String, Shape> known = new ConcurrentHashMap<>();

  Discovery(Store store, SchemaVersions versions) {
    this.store = store;
    this.versions = versions;
  }

  /** Sees events; within the write in which a bus accepts them. */
  void take(List<String> events) {
    for (String json : events) {
      JsonNode event = event(json);
      String name =
          Titles.schema(event.path("source").asText(), event.path("detail-type").asText());
      Shape shape = known.get(name);
      if (shape == null || !shape.fits(event)) {
        learn(name, event);
      }
    }
  }

  /** Forgets what it knows of a schema that somebody changed; the store knows it. */
  void changed(String registry, String name) {
    if (registry.equals(REGISTRY)) {
      store.afterCommit(() -> known.remove(name));
    }
  }

  private static JsonNode event(String json) {
    JsonNode event = tree(json);
    if (event instanceof ObjectNode object) {
      // A replay's events are those of the archive.
      object.remove("replay-name");
    }
    return event;
  }

  private void learn(String name, JsonNode event) {
    try {
      Shape now =
          store.write(tx -> {
            Optional<String> content = content(tx, name);
            Shape one = Shape.of(event);
            Shape merged = content.map(InferredSchema::read).map(one::with).orElse(one);
            store(name, content.isEmpty(), document(merged, event));
            return merged;
          });
      store.afterCommit(() -> known.merge(name, now, Shape::with));
    } catch (AwsServiceException e) {
      // Such as a document that is longer than schemas may be.
      LOG.warn("Events of {} are not discovered any further: {}", name, e.getMessage());
      Shape one = Shape.of(event);
      known.merge(name, one, Shape::with);
    }
  }

  private void store(String name, boolean isNew, String content) {
    if (isNew) {
      versions.create(
          CreateSchemaRequest.builder()
              .registryName(REGISTRY)
              .schemaName(name)
              .type(Type.OPEN_API3)
              .content(content)
              .build());
    } else {
      versions.update(
          UpdateSchemaRequest.builder()
              .registryName(REGISTRY)
              .schemaName(name)
              .content(content)
              .build());
    }
  }

  private static Optional<String> content(Tx tx, String name) {
    return tx.first(
        "SELECT content FROM schemas_version WHERE registry = ? AND name = ?"
            + " ORDER BY version DESC LIMIT 1",
        r -> r.string(1),
        REGISTRY,
        name);
  }

  private static String document(Shape shape, JsonNode event) {
    return InferredSchema.ofEvents(
        shape, event.path("source").asText(), event.path("detail-type").asText());
  }

  /** The schema of some events of one type, or of any other JSON values. */
  GetDiscoveredSchemaResponse discover(GetDiscoveredSchemaRequest request) {
    SchemaErrors.checkChoice("Type", request.typeAsString(), Type.knownValues());
    if (request.events().isEmpty() || request.events().size() > MOST_EVENTS) {
      throw SchemaErrors.badRequest("Events must have between 1 and 10 elements.");
    }
    List<JsonNode> values = request.events().stream().map(Discovery::given).toList();
    JsonNode first = values.getFirst();
    boolean events = values.stream().allMatch(InferredSchema::isEvent);
    for (JsonNode value : values) {
      boolean alike =
          InferredSchema.isEvent(value) == events
              && (!events
                  || (Objects.equals(value.get("source"), first.get("source"))
                      && Objects.equals(value.get("detail-type"), first.get("detail-type"))));
      if (!alike) {
        throw SchemaErrors.badRequest(
            "Events must be of a single type: one source and one detail-type.");
      }
    }
    Shape shape = values.stream().map(Shape::of).reduce(Shape::with).orElseThrow();
    String document = events ? document(shape, first) : InferredSchema.ofValues(shape);
    return GetDiscoveredSchemaResponse.builder()
        .content(request.type() == Type.OPEN_API3 ? document : SchemaExport.draft4(document))
        .build();
  }

  private static JsonNode given(String event) {
    if (event.isEmpty() || event.length() > LONGEST_EVENT) {
      throw SchemaErrors.badRequest(
          "Each of the Events must have between 1 and " + LONGEST_EVENT + " characters.");
    }
    try {
      JsonNode value = JSON.readTree(event);
      if (value.isObject()) {
        return value;
      }
    } catch (JsonProcessingException e) {
      throw SchemaErrors.badRequest("Events must be JSON: " + JsonFault.words(e));
    }
    throw SchemaErrors.badRequest("Each of the Events must be a JSON object.");
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("an event on a bus must be JSON", e);
    }
  }
}
