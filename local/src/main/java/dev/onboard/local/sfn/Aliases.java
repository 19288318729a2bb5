package dev.onboard.local.sfn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.onboard.local.call.Environment;
import dev.onboard.local.sfn.asl.Json;
import dev.onboard.local.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineAliasRequest;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineAliasResponse;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineAliasResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineAliasResponse;
import software.amazon.awssdk.services.sfn.model.ListStateMachineAliasesRequest;
import software.amazon.awssdk.services.sfn.model.ListStateMachineAliasesResponse;
import software.amazon.awssdk.services.sfn.model.RoutingConfigurationListItem;
import software.amazon.awssdk.services.sfn.model.StateMachineAliasListItem;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineAliasRequest;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineAliasResponse;

/** Aliases, which lead to one version or, by weight, to two. */
final class Aliases {
  private final Environment env;

  Aliases(Environment env) {
    this.env = env;
  }

  private record Alias(
      long row,
      String machine,
      String name,
      @Nullable String description,
      String routing,
      Instant created,
      Instant updated) {
    String arn() {
      return machine + ":" + name;
    }
  }

  private static List<Alias> aliases(Tx tx, String condition, Object... arguments) {
    return tx.list(
        "SELECT row_number() OVER (ORDER BY created, name) AS number, * FROM sfn_alias WHERE "
            + condition
            + " ORDER BY created, name",
        r ->
            new Alias(
                r.number("number"),
                r.string("machine"),
                r.string("name"),
                r.stringOrNull("description"),
                r.string("routing"),
                r.instant("created"),
                r.instant("updated")),
        arguments);
  }

  private static Optional<Alias> find(Tx tx, String machine, String name) {
    return aliases(tx, "machine = ? AND name = ?", machine, name).stream().findFirst();
  }

  /** The ARN of the version that an alias leads to, this time. */
  Optional<String> route(Tx tx, String machine, String name) {
    return find(tx, machine, name)
        .map(alias -> {
          int drawn = ThreadLocalRandom.current().nextInt(100);
          JsonNode routes = Json.read(alias.routing);
          for (JsonNode route : routes) {
            drawn -= route.path("weight").intValue();
            if (drawn < 0) {
              return route.path("version").asText();
            }
          }
          return routes.path(0).path("version").asText();
        });
  }

  List<String> routingTo(Tx tx, String machine, String versionArn) {
    return aliases(tx, "machine = ?", machine).stream()
        .filter(a -> a.routing.contains("\"" + versionArn + "\""))
        .map(Alias::name)
        .toList();
  }

  CreateStateMachineAliasResponse create(CreateStateMachineAliasRequest request) {
    String name = Arns.name(request.name());
    if (name.matches("\\d+")) {
      throw Errors.invalidName(name);
    }
    String routing = routing(request.routingConfiguration());
    String machine =
        Arns.machine(request.routingConfiguration().getFirst().stateMachineVersionArn()).machine();
    return env.store()
        .write(tx -> {
          checkVersions(tx, request.routingConfiguration());
          Optional<Alias> known = find(tx, machine, name);
          Instant now = env.clock().now();
          if (known.isEmpty()) {
            tx.update(
                "INSERT INTO sfn_alias VALUES (?, ?, ?, ?, ?, ?)",
                machine,
                name,
                request.description(),
                routing,
                now,
                now);
          } else if (!known.get().routing.equals(routing)
              || !Objects.equals(known.get().description, request.description())) {
            throw Errors.conflict(
                "Failed to create alias because an alias with the same name and a different"
                    + " routing configuration already exists.");
          }
          return CreateStateMachineAliasResponse.builder()
              .stateMachineAliasArn(machine + ":" + name)
              .creationDate(known.map(Alias::created).orElse(now))
              .build();
        });
  }

  private static String routing(List<RoutingConfigurationListItem> routes) {
    if (routes.isEmpty() || routes.size() > 2) {
      throw Errors.validation("Routing configuration must have one or two versions");
    }
    List<String> given =
        routes.stream().map(RoutingConfigurationListItem::stateMachineVersionArn).toList();
    if (!given.stream().allMatch(a -> Arns.machine(a).isVersion())) {
      throw Errors.validation(
          "Routing configuration must contain state machine version ARNs. Received: "
              + given.stream().collect(Collectors.joining(", ", "[", "]")));
    }
    if (routes.stream().mapToInt(RoutingConfigurationListItem::weight).sum() != 100) {
      throw Errors.validation(
          "Sum of routing configuration weights must equal 100. Received: "
              + routes.stream()
                  .map(r -> r.weight().toString())
                  .collect(Collectors.joining(", ", "[", "]")));
    }
    ArrayNode all = Json.array();
    routes.forEach(r ->
        all.add(
            Json.object().put("version", r.stateMachineVersionArn()).put("weight", r.weight())));
    return Json.text(all);
  }

  private static void checkVersions(Tx tx, List<RoutingConfigurationListItem> routes) {
    for (RoutingConfigurationListItem route : routes) {
      Arns.Machine arn = Arns.machine(route.stateMachineVersionArn());
      if (!tx.exists(
          "SELECT 1 FROM sfn_version WHERE machine = ? AND number = ?",
          arn.machine(),
          Long.parseLong(String.valueOf(arn.qualifier())))) {
        throw Errors.noSuchReference();
      }
    }
  }

  UpdateStateMachineAliasResponse update(UpdateStateMachineAliasRequest request) {
    Arns.Machine arn = Arns.machine(request.stateMachineAliasArn());
    if (request.description() == null && !request.hasRoutingConfiguration()) {
      throw Errors.validation("Either description or routingConfiguration must be specified");
    }
    return env.store()
        .write(tx -> {
          Alias alias =
              find(tx, arn.machine(), String.valueOf(arn.qualifier()))
                  .orElseThrow(Errors::noSuchReference);
          String routing = alias.routing;
          if (request.hasRoutingConfiguration()) {
            routing = routing(request.routingConfiguration());
            checkVersions(tx, request.routingConfiguration());
          }
          Instant now = env.clock().now();
          tx.update(
              "UPDATE sfn_alias SET description = ?, routing = ?, updated = ?"
                  + " WHERE machine = ? AND name = ?",
              request.description() == null ? alias.description : request.description(),
              routing,
              now,
              alias.machine,
              alias.name);
          return UpdateStateMachineAliasResponse.builder().updateDate(now).build();
        });
  }

  DescribeStateMachineAliasResponse describe(String given) {
    Arns.Machine arn = Arns.machine(given);
    Alias alias =
        env.store()
            .read(tx -> find(tx, arn.machine(), String.valueOf(arn.qualifier())))
            .orElseThrow(Errors::noSuchReference);
    return DescribeStateMachineAliasResponse.builder()
        .stateMachineAliasArn(alias.arn())
        .name(alias.name)
        .description(alias.description)
        .creationDate(alias.created)
        .updateDate(alias.updated)
        .routingConfiguration(
            Json.read(alias.routing)
                .valueStream()
                .map(r ->
                    RoutingConfigurationListItem.builder()
                        .stateMachineVersionArn(r.path("version").asText())
                        .weight(r.path("weight").intValue())
                        .build())
                .toList())
        .build();
  }

  DeleteStateMachineAliasResponse delete(String given) {
    Arns.Machine arn = Arns.machine(given);
    env.store()
        .write(tx ->
            tx.update(
                "DELETE FROM sfn_alias WHERE machine = ? AND name = ?",
                arn.machine(),
                String.valueOf(arn.qualifier())));
    return DeleteStateMachineAliasResponse.builder().build();
  }

  ListStateMachineAliasesResponse list(ListStateMachineAliasesRequest request) {
    Arns.Machine arn = Arns.machine(request.stateMachineArn());
    Pages pages = Pages.of(request.maxResults(), request.nextToken());
    List<Alias> rows =
        env.store()
            .read(tx ->
                aliases(tx, "machine = ?", arn.machine()).stream()
                    .filter(a ->
                        arn.qualifier() == null
                            || a.routing.contains("\"" + request.stateMachineArn() + "\""))
                    .filter(a -> a.row > pages.after(0))
                    .limit(pages.rows())
                    .toList());
    return ListStateMachineAliasesResponse.builder()
        .stateMachineAliases(
            pages.page(rows).stream()
                .map(a ->
                    StateMachineAliasListItem.builder()
                        .stateMachineAliasArn(a.arn())
                        .creationDate(a.created)
                        .build())
                .toList())
        .nextToken(pages.next(rows, Alias::row))
        .build();
  }

  void forget(Tx tx, String machine) {
    tx.update("DELETE FROM sfn_alias WHERE machine = ?", machine);
  }
}
