package dev.onboard.console.schemas;

import dev.onboard.console.bus.BusRules;
import dev.onboard.console.web.Answer;
import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Document;
import dev.onboard.console.web.Environment;
import dev.onboard.console.web.Pages;
import dev.onboard.console.web.Redirect;
import dev.onboard.console.web.Refusal;
import dev.onboard.console.web.Request;
import dev.onboard.console.web.Routes;
import dev.onboard.console.web.Url;
import dev.onboard.console.web.View;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBus;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.schemas.model.DiscovererState;
import software.amazon.awssdk.services.schemas.model.DiscovererSummary;
import software.amazon.awssdk.services.schemas.model.ListSchemasResponse;
import software.amazon.awssdk.services.schemas.model.NotFoundException;
import software.amazon.awssdk.services.schemas.model.RegistrySummary;
import software.amazon.awssdk.services.schemas.model.SchemaSummary;
import software.amazon.awssdk.services.schemas.model.SchemasException;
import software.amazon.awssdk.services.schemas.model.SearchSchemaSummary;

/** The registries with their schemas, a page for each schema, and the discoverers. */
public final class SchemaPages implements Pages {
  private static final int PAGE = 100;
  private static final String STYLE = "schemas.css";

  private final Environment env;

  public SchemaPages(Environment env) {
    this.env = env;
  }

  @Override
  public void addTo(Routes routes) {
    routes.get("schemas", request -> list(request, request.parameter("registry")));
    routes.post("schemas/discoverers", this::discover);
    routes.post("schemas/discoverers/{id}", this::change);
    routes.get("schemas/{registry}", request -> list(request, request.variable("registry")));
    routes.get("schemas/{registry}/{name}", this::schema);
    routes.post("schemas/{registry}/{name}/java", this::makeJava);
    routes.get("schemas/{registry}/{name}/java.zip", this::javaZip);
  }

  private SchemasClient schemas() {
    return env.sdk().client(SchemasClient.class);
  }

  private Answer list(Request request, @Nullable String only) {
    String search = request.parameter("q");
    String token = request.parameter("token");
    var registries = new ArrayList<SchemasPage.Registry>();
    for (RegistrySummary registry : schemas().listRegistriesPaginator(r -> {}).registries()) {
      if (only == null || registry.registryName().equals(only)) {
        registries.add(
            search == null ? listed(registry, token) : found(registry.registryName(), search));
      }
    }
    if (only != null && registries.isEmpty()) {
      throw Refusal.notFound("There is no registry " + only + ".");
    }
    if (search != null) {
      registries.removeIf(r -> r.schemas().isEmpty());
    }
    List<DiscovererSummary> discoverers =
        schemas().listDiscoverersPaginator(d -> {}).discoverers().stream().toList();
    var page =
        new SchemasPage(
            search,
            only,
            registries,
            discoverers.stream().map(this::discoverer).toList(),
            busesWithout(discoverers));
    return View.of("Schemas", "schemas/schemas.jte", page).live().using(STYLE);
  }

  private SchemasPage.Registry listed(RegistrySummary registry, @Nullable String token) {
    String name = registry.registryName();
    ListSchemasResponse page =
        schemas().listSchemas(l -> l.registryName(name).limit(PAGE).nextToken(token));
    String description = schemas().describeRegistry(d -> d.registryName(name)).description();
    String more =
        page.nextToken() == null
            ? null
            : Url.of("schemas", name).with("token", page.nextToken()).toString();
    return new SchemasPage.Registry(
        name,
        Url.path("schemas", name),
        description == null ? "" : description,
        page.schemas().stream().map(s -> row(name, s)).toList(),
        more);
  }

  private static SchemasPage.Row row(String registry, SchemaSummary schema) {
    long count = schema.versionCount() == null ? 1 : schema.versionCount();
    return new SchemasPage.Row(
        schema.schemaName(),
        Url.path("schemas", registry, schema.schemaName()),
        count + (count == 1 ? " version" : " versions"),
        schema.lastModified());
  }

  private SchemasPage.Registry found(String registry, String search) {
    List<SearchSchemaSummary> found =
        schemas()
            .searchSchemas(s -> s.registryName(registry).keywords(search).limit(PAGE))
            .schemas();
    return new SchemasPage.Registry(
        registry,
        Url.path("schemas", registry),
        "",
        found.stream().map(s -> row(registry, s)).toList(),
        null);
  }

  private static SchemasPage.Row row(String registry, SearchSchemaSummary schema) {
    List<String> numbers =
        schema.schemaVersions().stream().map(v -> v.schemaVersion()).toList().reversed();
    return new SchemasPage.Row(
        schema.schemaName(),
        Url.path("schemas", registry, schema.schemaName()),
        (numbers.size() == 1 ? "version " : "versions ") + String.join(", ", numbers),
        null);
  }

  private SchemasPage.Discoverer discoverer(DiscovererSummary discoverer) {
    String bus = bus(discoverer);
    return new SchemasPage.Discoverer(
        discoverer.discovererId(),
        env.links().link(bus, Url.of("rules").with("bus", bus)),
        discoverer.state() == DiscovererState.STARTED
            ? new Badge("started", "good")
            : new Badge("stopped", ""),
        discoverer.state() == DiscovererState.STARTED);
  }

  private static String bus(DiscovererSummary discoverer) {
    return discoverer.sourceArn().replaceFirst(".*event-bus/", "");
  }

  private List<String> busesWithout(List<DiscovererSummary> discoverers) {
    var with = new HashSet<>(discoverers.stream().map(SchemaPages::bus).toList());
    return new BusRules(env.sdk().client(EventBridgeClient.class))
        .buses().stream().map(EventBus::name).filter(b -> !with.contains(b)).toList();
  }

  private Answer discover(Request request) {
    String bus = request.form().getOrDefault("bus", "");
    String arn =
        new BusRules(env.sdk().client(EventBridgeClient.class))
            .buses().stream()
                .filter(b -> b.name().equals(bus))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("There is no bus " + bus + "."))
                .arn();
    return doing(() -> schemas().createDiscoverer(c -> c.sourceArn(arn)), Url.of("schemas"));
  }

  private Answer change(Request request) {
    String id = request.variable("id");
    String what = request.form().getOrDefault("do", "");
    return doing(
        () -> {
          switch (what) {
            case "start" -> schemas().startDiscoverer(d -> d.discovererId(id));
            case "stop" -> schemas().stopDiscoverer(d -> d.discovererId(id));
            default -> throw Refusal.badRequest("A discoverer is started or stopped.");
          }
        },
        Url.of("schemas"));
  }

  private Answer schema(Request request) {
    return doing(() -> new SchemaReader(env).page(request));
  }

  private Answer makeJava(Request request) {
    String registry = request.variable("registry");
    String name = request.variable("name");
    String version = request.form().getOrDefault("version", "");
    return doing(
        () ->
            schemas()
                .putCodeBinding(p ->
                    p.registryName(registry)
                        .schemaName(name)
                        .schemaVersion(version)
                        .language(SchemaReader.LANGUAGE)),
        Url.of("schemas", registry, name).with("version", version).with("show", "java"));
  }

  private Answer javaZip(Request request) {
    String registry = request.variable("registry");
    String name = request.variable("name");
    String version = request.parameter("version");
    return doing(() -> {
      byte[] zip =
          schemas()
              .getCodeBindingSource(g ->
                  g.registryName(registry)
                      .schemaName(name)
                      .schemaVersion(version)
                      .language(SchemaReader.LANGUAGE))
              .body()
              .asByteArray();
      String file = (name + "-" + version + ".zip").replaceAll("[^A-Za-z0-9._@-]", "_");
      return new Document(
          200,
          Map.of(
              "Content-Type",
              "application/zip",
              "Content-Disposition",
              "attachment; filename=\"" + file + "\""),
          zip);
    });
  }

  private interface Work<T> {
    T run();
  }

  private static Answer doing(Runnable work, Url then) {
    return doing(() -> {
      work.run();
      return Redirect.to(then);
    });
  }

  /** What the registry refuses is told in its own words. */
  private static <T> T doing(Work<T> work) {
    try {
      return work.run();
    } catch (NotFoundException e) {
      throw Refusal.notFound(e.awsErrorDetails().errorMessage());
    } catch (SchemasException e) {
      throw Refusal.badRequest(e.awsErrorDetails().errorMessage());
    }
  }
}
