package dev.onboard.console.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.onboard.console.bus.BusRules;
import dev.onboard.console.schema.EventSchema;
import dev.onboard.console.schema.EventSchema.Problem;
import dev.onboard.console.schema.EventSchemas;
import dev.onboard.console.schema.EventSchemas.Place;
import dev.onboard.console.schema.Metadata;
import dev.onboard.console.trail.AcceptedEvent;
import dev.onboard.console.web.Answer;
import dev.onboard.console.web.Environment;
import dev.onboard.console.web.Json;
import dev.onboard.console.web.Redirect;
import dev.onboard.console.web.Refusal;
import dev.onboard.console.web.Request;
import dev.onboard.console.web.Url;
import dev.onboard.console.web.View;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.EventBus;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.schemas.model.DescribeSchemaResponse;
import software.amazon.awssdk.services.schemas.model.SchemasException;

/** Makes events: of a schema's form, of JSON, or of another event. */
final class Publishing {
  private static final String DISCOVERED = "discovered-schemas";
  private static final String JSON = "json";
  private static final String FIELDS = "fields";

  private final Environment env;
  private final EventSchemas schemas;

  Publishing(Environment env) {
    this.env = env;
    this.schemas = new EventSchemas(env.sdk().client(SchemasClient.class));
  }

  /**
   * What is being made.
   *
   * @param place null for an event of any kind
   * @param schema null if it does not say what a detail is
   */
  private record Draft(
      @Nullable Place place,
      String version,
      @Nullable EventSchema schema,
      boolean isJson,
      String bus,
      String source,
      String detailType) {
    Draft as(boolean json) {
      return new Draft(place, version, schema, json, bus, source, detailType);
    }

    String kind() {
      return place == null ? "" : place.registry() + "/" + place.schema();
    }
  }

  /** What was typed, and what is wrong with it. */
  private record Typed(Map<String, String> values, JsonNode detail, List<Problem> problems) {
    static Typed nothing(JsonNode detail) {
      return new Typed(Map.of(), detail, List.of());
    }
  }

  // ---------------------------------------------------------------- the form

  View form(Request request) {
    String id = request.parameter("id");
    if (id == null) {
      Draft draft = draft(request.query());
      return view(draft, Typed.nothing(detail(draft)), List.of());
    }
    AcceptedEvent event =
        env.questions().ask("events", Map.of("id", id)).stream()
            .<AcceptedEvent>map(AcceptedEvent::new)
            .findFirst()
            .orElseThrow(() -> Refusal.notFound("There is no event " + id + "."));
    ObjectNode detail = event.detail().deepCopy();
    Metadata.renew(detail.path("metadata"), now());
    return view(like(event, request.parameter("as")), Typed.nothing(detail), List.of());
  }

  private Draft like(AcceptedEvent event, @Nullable String as) {
    Place place =
        schemas.of(event.source(), event.detailType()).stream()
            .filter(p -> !p.registry().equals(DISCOVERED))
            .findFirst()
            .orElse(null);
    Draft known = draft(place, "", JSON.equals(as), event.bus());
    return new Draft(
        place,
        known.version(),
        known.schema(),
        known.isJson(),
        event.bus(),
        event.source(),
        event.detailType());
  }

  private Draft draft(Map<String, String> given) {
    Place place = place(given);
    Draft draft =
        draft(
            place,
            given.getOrDefault("version", ""),
            JSON.equals(given.get("as")),
            given.getOrDefault("bus", ""));
    return place == null
        ? new Draft(
            null,
            "",
            null,
            true,
            draft.bus(),
            given.getOrDefault("source", ""),
            given.getOrDefault("detail-type", ""))
        : draft;
  }

  private static @Nullable Place place(Map<String, String> given) {
    String kind = given.getOrDefault("kind", "");
    int slash = kind.indexOf('/');
    if (slash > 0) {
      return new Place(kind.substring(0, slash), kind.substring(slash + 1));
    }
    String registry = given.getOrDefault("registry", "");
    String schema = given.getOrDefault("schema", "");
    return registry.isEmpty() || schema.isEmpty() ? null : new Place(registry, schema);
  }

  private Draft draft(@Nullable Place place, String version, boolean isJson, String bus) {
    String on = bus.isEmpty() ? usualBus() : bus;
    if (place == null) {
      return new Draft(null, "", null, true, on, "", "");
    }
    DescribeSchemaResponse described = describe(place, version);
    try {
      EventSchema schema =
          EventSchema.of(described.schemaName(), described.type(), described.content());
      JsonNode event = Json.read(described.content()).at("/components/schemas/AWSEvent");
      return new Draft(
          place,
          described.schemaVersion(),
          schema,
          isJson || schema.shape().properties().isEmpty(),
          on,
          event.path("x-amazon-events-source").asText(schema.source()),
          event.path("x-amazon-events-detail-type").asText(schema.detailType()));
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest(e.getMessage() + ".");
    }
  }

  private DescribeSchemaResponse describe(Place place, String version) {
    try {
      return env.sdk()
          .client(SchemasClient.class)
          .describeSchema(d ->
              d.registryName(place.registry())
                  .schemaName(place.schema())
                  .schemaVersion(version.isEmpty() ? null : version));
    } catch (SchemasException e) {
      throw Refusal.notFound(e.awsErrorDetails().errorMessage());
    }
  }

  private List<String> buses() {
    return new BusRules(env.sdk().client(EventBridgeClient.class))
        .buses().stream().map(EventBus::name).toList();
  }

  /** One of somebody's own, if there is one. */
  private String usualBus() {
    return buses().stream().filter(b -> !b.equals("default")).findFirst().orElse("default");
  }

  private JsonNode detail(Draft draft) {
    EventSchema schema = draft.schema();
    if (schema == null) {
      return JsonNodeFactory.instance.objectNode();
    }
    JsonNode made = schema.instance(now());
    if (schema.root().has("example")) {
      Metadata.renew(made.path("metadata"), now());
      return made;
    }
    blank(made);
    ObjectNode metadata = Metadata.of(schema, now());
    if (made instanceof ObjectNode object && !metadata.isEmpty()) {
      object.withObject("/metadata").setAll(metadata);
    }
    return made;
  }

  /** What the least that a schema demands says for want of anything better is left to be filled. */
  private static void blank(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(p -> {
            if (p.getValue().isTextual() && p.getValue().asText().matches("x+")) {
              p.setValue(TextNode.valueOf(""));
            }
            blank(p.getValue());
          });
    }
  }

  private String now() {
    return env.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private View view(Draft draft, Typed typed, List<String> problems) {
    EventSchema schema = draft.schema();
    DetailForm form = schema == null || draft.isJson() ? null : new DetailForm(schema.shape());
    var general = new ArrayList<>(problems);
    typed.problems().stream()
        .filter(p -> form == null || p.field().isEmpty())
        .map(Problem::sentence)
        .forEach(general::add);
    Place place = draft.place();
    boolean canBeFields = schema != null && !schema.shape().properties().isEmpty();
    var page =
        new PublishPage(
            schemas.all().stream().map(p -> p.registry() + "/" + p.schema()).toList(),
            draft.kind(),
            place == null
                ? null
                : env.links()
                    .link(
                        place.schema() + " version " + draft.version(),
                        Url.of("schemas", place.registry(), place.schema())
                            .with("version", draft.version())),
            draft.version(),
            buses(),
            draft.bus(),
            draft.source(),
            draft.detailType(),
            form == null
                ? List.of()
                : form.fields(typed.detail(), typed.problems(), typed.values()),
            form != null
                ? null
                : typed.values().getOrDefault("detail", Json.pretty(typed.detail())),
            canBeFields ? draft.isJson() ? FIELDS : JSON : null,
            general,
            !typed.problems().isEmpty() && problems.isEmpty());
    return View.of("Publish an event", "events/publish.jte", page).using(EventPages.STYLE);
  }

  // ---------------------------------------------------------------- publishing

  /** Publishes what was typed and leads to it, or says what is wrong. */
  Answer publish(Request request) {
    Map<String, String> form = request.form();
    Draft draft = draft(form);
    EventSchema schema = draft.schema();
    var faults = new ArrayList<Problem>();
    JsonNode detail;
    if (schema == null || draft.isJson()) {
      detail = json(form.getOrDefault("detail", ""), faults);
    } else {
      var fields = new DetailForm(schema.shape());
      detail = fields.read(form);
      faults.addAll(fields.faults());
    }
    if (!faults.isEmpty()) {
      List<String> sentences = faults.stream().map(Problem::sentence).toList();
      return view(
          draft,
          new Typed(form, detail, faults),
          draft.isJson() ? sentences : List.of("Some of it is no JSON."));
    }
    String turn = form.get("turn");
    if (turn != null) {
      return view(draft.as(!turn.equals(FIELDS)), Typed.nothing(detail), List.of());
    }
    List<Problem> problems = schema == null ? List.of() : schema.problems(detail);
    var typed = new Typed(form, detail, problems);
    if (!problems.isEmpty() && !form.containsKey("force")) {
      return view(draft, typed, List.of());
    }
    return put(draft, typed);
  }

  private static JsonNode json(String text, List<Problem> faults) {
    try {
      if (Json.read(text) instanceof ObjectNode object) {
        return object;
      }
      faults.add(new Problem("", "must be a JSON object"));
    } catch (IllegalArgumentException e) {
      faults.add(new Problem("", "is no JSON: " + e.getMessage()));
    }
    return JsonNodeFactory.instance.objectNode();
  }

  private Answer put(Draft draft, Typed typed) {
    try {
      PutEventsResultEntry entry =
          env.sdk()
              .client(EventBridgeClient.class)
              .putEvents(p ->
                  p.entries(e ->
                      e.eventBusName(draft.bus())
                          .source(draft.source())
                          .detailType(draft.detailType())
                          .detail(typed.detail().toString())))
              .entries()
              .getFirst();
      return entry.errorCode() == null
          ? Redirect.to(Url.of("events", entry.eventId()))
          : view(
              draft,
              typed,
              List.of("PutEvents refused it: " + entry.errorCode() + ": " + entry.errorMessage()));
    } catch (EventBridgeException e) {
      return view(
          draft, typed, List.of("PutEvents refused it: " + e.awsErrorDetails().errorMessage()));
    }
  }
}
