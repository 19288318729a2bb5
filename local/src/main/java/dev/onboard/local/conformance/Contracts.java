package dev.onboard.local.conformance;

import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.schemas.model.DescribeSchemaResponse;
import software.amazon.awssdk.services.schemas.model.RegistrySummary;
import software.amazon.awssdk.services.schemas.model.SchemaSummary;

/**
 * The schemas of the registry by the events that they are for.
 *
 * <p>A schema is for the events that its name says, {@code source@detail-type}, with or without the
 * major version behind it, {@code source@detail-type-v2}; where a detail-type has characters that a
 * schema's name cannot have, letters and digits decide. What was discovered is no contract.
 */
final class Contracts {
  private static final String DISCOVERED = "discovered-schemas";
  private static final Pattern MAJOR = Pattern.compile("-v\\d+$");
  private static final Pattern NOT_IN_SOURCES = Pattern.compile("[^.\\-_A-Za-z0-9@]");
  private static final Pattern NOT_IN_TYPES = Pattern.compile("[^A-Za-z0-9]");
  private static final Pattern NAMEABLE = Pattern.compile("[.\\-_A-Za-z0-9@]+");

  private final Environment env;

  /** The newest version of each schema that was asked for. */
  private final Map<Name, Compiled> compiled = new HashMap<>();

  private Map<String, List<Name>> byEvents = Map.of();

  Contracts(Environment env) {
    this.env = env;
  }

  private SchemasClient schemas() {
    return env.client(SchemasClient.class, new Principal.Service("schemas.amazonaws.com"));
  }

  /**
   * Takes up which schemas there are now, and that each may have a newer version.
   *
   * @return whether there are any
   */
  boolean refresh() {
    var found = new HashMap<String, List<Name>>();
    for (RegistrySummary registry : schemas().listRegistriesPaginator(r -> {}).registries()) {
      if (!registry.registryName().equals(DISCOVERED)) {
        for (SchemaSummary schema :
            schemas()
                .listSchemasPaginator(r -> r.registryName(registry.registryName()))
                .schemas()) {
          add(found, new Name(registry.registryName(), schema.schemaName()));
        }
      }
    }
    byEvents = found;
    compiled.keySet().removeIf(n -> found.values().stream().noneMatch(l -> l.contains(n)));
    compiled.values().forEach(c -> c.checked = false);
    return !found.isEmpty();
  }

  private static void add(Map<String, List<Name>> found, Name name) {
    if (name.schema.contains("@")) {
      String event = MAJOR.matcher(name.schema).replaceFirst("");
      found.computeIfAbsent(event, e -> new ArrayList<>()).add(name);
      if (!relaxed(event).equals(event)) {
        found.computeIfAbsent(relaxed(event), e -> new ArrayList<>()).add(name);
      }
    }
  }

  /** The contracts of an event, the newest version of each schema. */
  List<Contract> of(EventHead head) {
    String event = head.source() + '@' + head.detailType();
    String key = NAMEABLE.matcher(event).matches() ? event : relaxed(event);
    return byEvents.getOrDefault(key, List.of()).stream()
        .flatMap(n -> contract(n).stream())
        .toList();
  }

  private static String relaxed(String event) {
    int at = event.indexOf('@');
    return NOT_IN_SOURCES.matcher(event.substring(0, at + 1)).replaceAll("-")
        + ' '
        + NOT_IN_TYPES.matcher(event.substring(at + 1)).replaceAll("").toLowerCase(Locale.ROOT);
  }

  private Optional<Contract> contract(Name name) {
    Compiled known = compiled.get(name);
    if (known != null && known.checked) {
      return known.contract;
    }
    try {
      DescribeSchemaResponse newest =
          schemas().describeSchema(r -> r.registryName(name.registry).schemaName(name.schema));
      if (known == null || !newest.content().equals(known.content)) {
        known = compile(name, newest);
        compiled.put(name, known);
      }
      known.checked = true;
      return known.contract;
    } catch (AwsServiceException e) {
      if (AwsErrors.code(e).equals("NotFoundException")) {
        compiled.remove(name);
        return Optional.empty();
      }
      throw e;
    }
  }

  private Compiled compile(Name name, DescribeSchemaResponse newest) {
    String draft4 =
        schemas()
            .exportSchema(r ->
                r.registryName(name.registry)
                    .schemaName(name.schema)
                    .schemaVersion(newest.schemaVersion())
                    .type("JSONSchemaDraft4"))
            .content();
    String says = name.registry + '/' + name.schema + " version " + newest.schemaVersion();
    return new Compiled(newest.content(), Contract.of(says, draft4));
  }

  private record Name(String registry, String schema) {}

  /** A schema as it was when it was last asked for. */
  private static final class Compiled {
    final String content;
    final Optional<Contract> contract;
    boolean checked;

    Compiled(String content, Optional<Contract> contract) {
      this.content = content;
      this.contract = contract;
    }
  }
}
