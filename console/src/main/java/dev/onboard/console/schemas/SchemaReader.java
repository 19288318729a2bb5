package dev.onboard.console.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.schema.Change;
import dev.onboard.console.schema.Comparison;
import dev.onboard.console.schema.Demands;
import dev.onboard.console.schema.EventSchema;
import dev.onboard.console.schema.Shape;
import dev.onboard.console.schema.TextDiff;
import dev.onboard.console.schemas.SchemaPage.Shown;
import dev.onboard.console.trail.AcceptedEvent;
import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Command;
import dev.onboard.console.web.Environment;
import dev.onboard.console.web.Json;
import dev.onboard.console.web.Link;
import dev.onboard.console.web.Refusal;
import dev.onboard.console.web.Request;
import dev.onboard.console.web.Url;
import dev.onboard.console.web.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.schemas.model.BadRequestException;
import software.amazon.awssdk.services.schemas.model.DescribeSchemaResponse;
import software.amazon.awssdk.services.schemas.model.NotFoundException;
import software.amazon.awssdk.services.schemas.model.SchemaVersionSummary;

/** Reads what the page of one schema shows. */
final class SchemaReader {
  static final String LANGUAGE = "Java8";

  private static final int RECENT = 25;
  private static final String MOST_LOOKED_AT = "5000";

  private final Environment env;
  private final SchemasClient schemas;

  SchemaReader(Environment env) {
    this.env = env;
    this.schemas = env.sdk().client(SchemasClient.class);
  }

  /** The ways to look at a schema, in the order of the tabs. */
  private enum Look {
    FIELDS("Fields"),
    CHANGES("Changes"),
    EXAMPLE("Example"),
    EVENTS("Events"),
    JAVA("Java"),
    RAW("Document");

    final String title;

    Look(String title) {
      this.title = title;
    }

    String parameter() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Look of(@Nullable String parameter) {
      for (Look look : values()) {
        if (look.parameter().equals(parameter)) {
          return look;
        }
      }
      if (parameter == null) {
        return FIELDS;
      }
      throw Refusal.notFound("A schema cannot be shown as " + parameter + ".");
    }
  }

  View page(Request request) {
    String registry = request.variable("registry");
    String name = request.variable("name");
    String asked = request.parameter("version");
    Look look = Look.of(request.parameter("show"));
    DescribeSchemaResponse schema = describe(registry, name, asked);
    List<String> numbers = numbers(registry, name);
    Url here = Url.of("schemas", registry, name);
    Kind kind = Kind.of(schema);
    var page =
        new SchemaPage(
            registry,
            Url.path("schemas", registry),
            name,
            schema.schemaArn(),
            schema.type(),
            schema.description() == null ? "" : schema.description(),
            schema.lastModified(),
            numbers.stream()
                .map(n ->
                    new SchemaPage.Version(
                        n,
                        here.with("version", n).with("show", request.parameter("show")).toString(),
                        n.equals(schema.schemaVersion())))
                .toList(),
            kind.words(),
            publish(registry, schema),
            tabs(here, asked, look),
            shown(look, request, registry, schema, numbers, kind),
            Command.aws(
                "schemas",
                "describe-schema",
                "--registry-name",
                registry,
                "--schema-name",
                name,
                "--schema-version",
                schema.schemaVersion()));
    View view = View.of(name, "schemas/schema.jte", page).using("schemas.css");
    return look == Look.EVENTS ? view.live() : view;
  }

  private DescribeSchemaResponse describe(String registry, String name, @Nullable String version) {
    return schemas.describeSchema(
        d -> d.registryName(registry).schemaName(name).schemaVersion(version));
  }

  /** The versions, newest first. */
  private List<String> numbers(String registry, String name) {
    return schemas
        .listSchemaVersionsPaginator(l -> l.registryName(registry).schemaName(name))
        .schemaVersions()
        .stream()
        .map(SchemaVersionSummary::schemaVersion)
        .sorted(Comparator.comparing(Integer::valueOf, Comparator.reverseOrder()))
        .toList();
  }

  private Link publish(String registry, DescribeSchemaResponse schema) {
    return env.links()
        .link(
            "Publish such an event",
            Url.of("events", "publish")
                .with("registry", registry)
                .with("schema", schema.schemaName())
                .with("version", schema.schemaVersion()));
  }

  private static List<SchemaPage.Tab> tabs(Url here, @Nullable String version, Look current) {
    var tabs = new ArrayList<SchemaPage.Tab>();
    for (Look look : Look.values()) {
      Url url = here.with("version", version).with("show", look.parameter());
      tabs.add(new SchemaPage.Tab(look.title, url.toString(), look == current));
    }
    return tabs;
  }

  private Shown shown(
      Look look,
      Request request,
      String registry,
      DescribeSchemaResponse schema,
      List<String> numbers,
      Kind kind) {
    try {
      return switch (look) {
        case FIELDS -> fields(read(schema).shape());
        case RAW -> new SchemaPage.Raw(Json.read(schema.content()));
        case EXAMPLE -> example(read(schema));
        case CHANGES -> changes(request, registry, schema, numbers);
        case JAVA -> java(registry, schema);
        case EVENTS -> events(registry, schema.schemaName(), kind);
      };
    } catch (IllegalArgumentException e) {
      return new SchemaPage.Unreadable(String.valueOf(e.getMessage()));
    }
  }

  private static EventSchema read(DescribeSchemaResponse schema) {
    return EventSchema.of(schema.schemaName(), schema.type(), schema.content());
  }

  private static Shown fields(Shape shape) {
    return new SchemaPage.Fields(
        shape.typeWords(), shape.description(), Demands.of(shape), FieldRow.fieldsOf(shape));
  }

  private Shown example(EventSchema schema) {
    return new SchemaPage.Example(
        schema.instance(env.now().toString()), schema.root().has("example"));
  }

  private Shown changes(
      Request request, String registry, DescribeSchemaResponse schema, List<String> numbers) {
    String to = orElse(request.parameter("to"), schema.schemaVersion());
    String from = orElse(request.parameter("from"), before(to, numbers));
    DescribeSchemaResponse older = describe(registry, schema.schemaName(), from);
    DescribeSchemaResponse newer = describe(registry, schema.schemaName(), to);
    List<Change> changes = Comparison.of(read(older).shape(), read(newer).shape());
    return new SchemaPage.Changes(
        Url.path("schemas", registry, schema.schemaName()),
        numbers,
        from,
        to,
        badge(Comparison.effect(changes)),
        changes.stream().map(c -> new SchemaPage.Changes.Row(c, badge(c.effect()))).toList(),
        TextDiff.of(
            Json.pretty(Json.read(older.content())), Json.pretty(Json.read(newer.content()))));
  }

  private static String orElse(@Nullable String value, String otherwise) {
    return value == null ? otherwise : value;
  }

  /** The version before another; the first one has itself before it. */
  private static String before(String number, List<String> newestFirst) {
    int at = newestFirst.indexOf(number);
    return newestFirst.get(Math.min(at + 1, newestFirst.size() - 1));
  }

  private static Badge badge(Change.Effect effect) {
    return new Badge(
        effect.words(),
        switch (effect) {
          case NONE -> "good";
          case UNKNOWN -> "wait";
          default -> "bad";
        });
  }

  private Shown java(String registry, DescribeSchemaResponse schema) {
    Url here = Url.of("schemas", registry, schema.schemaName(), "java");
    Url zip =
        Url.of("schemas", registry, schema.schemaName(), "java.zip")
            .with("version", schema.schemaVersion());
    try {
      byte[] source =
          schemas
              .getCodeBindingSource(g ->
                  g.registryName(registry)
                      .schemaName(schema.schemaName())
                      .schemaVersion(schema.schemaVersion())
                      .language(LANGUAGE))
              .body()
              .asByteArray();
      return new SchemaPage.Java(here.toString(), zip.toString(), SourceFile.in(source), null);
    } catch (NotFoundException e) {
      return new SchemaPage.Java(here.toString(), null, List.of(), null);
    } catch (BadRequestException e) {
      return new SchemaPage.Java(
          here.toString(), null, List.of(), e.awsErrorDetails().errorMessage());
    }
  }

  private Shown events(String registry, String name, Kind kind) {
    JsonNode look =
        env.questions()
            .askOne(
                "trail",
                Map.of(
                    "pattern",
                    kind.pattern(),
                    "limit",
                    String.valueOf(RECENT),
                    "most",
                    MOST_LOOKED_AT));
    var rows = new ArrayList<SchemaPage.EventRow>();
    for (JsonNode json : look.path("events")) {
      var event = new AcceptedEvent(json);
      String id = event.id();
      rows.add(
          new SchemaPage.EventRow(
              "event-" + event.number(),
              event.at(),
              env.links().link(id, Url.of("events", id)),
              event.bus(),
              event.violationsOf(registry + "/" + name)));
    }
    return new SchemaPage.Events(
        rows, look.path("looked").asInt(), look.path("complete").asBoolean());
  }
}
