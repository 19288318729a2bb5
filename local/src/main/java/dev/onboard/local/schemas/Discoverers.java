package dev.onboard.local.schemas;

import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import dev.onboard.local.store.Row;
import dev.onboard.local.store.Tx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.schemas.model.CreateDiscovererRequest;
import software.amazon.awssdk.services.schemas.model.CreateDiscovererResponse;
import software.amazon.awssdk.services.schemas.model.DeleteDiscovererResponse;
import software.amazon.awssdk.services.schemas.model.DescribeDiscovererResponse;
import software.amazon.awssdk.services.schemas.model.DiscovererState;
import software.amazon.awssdk.services.schemas.model.DiscovererSummary;
import software.amazon.awssdk.services.schemas.model.ListDiscoverersRequest;
import software.amazon.awssdk.services.schemas.model.ListDiscoverersResponse;
import software.amazon.awssdk.services.schemas.model.StartDiscovererResponse;
import software.amazon.awssdk.services.schemas.model.StopDiscovererResponse;
import software.amazon.awssdk.services.schemas.model.UpdateDiscovererRequest;
import software.amazon.awssdk.services.schemas.model.UpdateDiscovererResponse;

/**
 * The discoverers, one a bus at most. Each sees the bus through a rule that this service manages,
 * named as AWS names it, which takes everything but the events of AWS's own services.
 */
final class Discoverers {
  private static final Principal SERVICE = new Principal.Service("schemas.amazonaws.com");
  private static final String ANY_SOURCE =
      "\"source\": [ { \"prefix\": \"aws.partner/\" },"
          + " { \"anything-but\": { \"prefix\": \"aws.\" } } ]";
  private static final String TARGET = "SchemaDiscoverer";
  private static final int LONGEST_RULE = 64;
  private static final int LONGEST_DESCRIPTION = 256;

  private final Environment env;
  private final Registries registries;
  private final Tags tags;

  Discoverers(Environment env, Registries registries, Tags tags) {
    this.env = env;
    this.registries = registries;
    this.tags = tags;
  }

  String arn(String id) {
    return env.arn("schemas", "discoverer/" + id);
  }

  CreateDiscovererResponse create(CreateDiscovererRequest request) {
    SchemaErrors.checkLength("Description", request.description(), LONGEST_DESCRIPTION);
    String bus = bus(request.sourceArn());
    String id = "events-event-bus-" + bus;
    var discoverer =
        new Discoverer(
            id,
            request.sourceArn(),
            request.description(),
            DiscovererState.STARTED,
            !Boolean.FALSE.equals(request.crossAccount()));
    return env.store()
        .write(tx -> {
          if (find(tx, id).isPresent()) {
            throw SchemaErrors.conflict(
                "A discoverer already exists for the source " + request.sourceArn() + ".");
          }
          registries.ensure(tx, Discovery.REGISTRY);
          insert(tx, discoverer);
          tags.put(tx, arn(id), request.tags());
          connect(discoverer);
          return CreateDiscovererResponse.builder()
              .discovererArn(arn(id))
              .discovererId(id)
              .sourceArn(discoverer.source)
              .description(discoverer.description)
              .state(discoverer.state)
              .crossAccount(discoverer.crossAccount)
              .tags(request.tags())
              .build();
        });
  }

  UpdateDiscovererResponse update(UpdateDiscovererRequest request) {
    SchemaErrors.checkLength("Description", request.description(), LONGEST_DESCRIPTION);
    return env.store()
        .write(tx -> {
          Discoverer old = get(tx, request.discovererId());
          var now =
              new Discoverer(
                  old.id,
                  old.source,
                  request.description() == null ? old.description : request.description(),
                  old.state,
                  request.crossAccount() == null ? old.crossAccount : request.crossAccount());
          insert(tx, now);
          if (now.crossAccount != old.crossAccount) {
            connect(now);
          }
          return UpdateDiscovererResponse.builder()
              .discovererArn(arn(now.id))
              .discovererId(now.id)
              .sourceArn(now.source)
              .description(now.description)
              .state(now.state)
              .crossAccount(now.crossAccount)
              .tags(tags.of(tx, arn(now.id)))
              .build();
        });
  }

  DescribeDiscovererResponse describe(String id) {
    return env.store()
        .read(tx -> {
          Discoverer discoverer = get(tx, id);
          return DescribeDiscovererResponse.builder()
              .discovererArn(arn(id))
              .discovererId(id)
              .sourceArn(discoverer.source)
              .description(discoverer.description)
              .state(discoverer.state)
              .crossAccount(discoverer.crossAccount)
              .tags(tags.of(tx, arn(id)))
              .build();
        });
  }

  ListDiscoverersResponse list(ListDiscoverersRequest request) {
    String idPrefix = request.discovererIdPrefix() == null ? "" : request.discovererIdPrefix();
    String sourcePrefix = request.sourceArnPrefix() == null ? "" : request.sourceArnPrefix();
    return env.store()
        .read(tx -> {
          List<Discoverer> all =
              tx.list("SELECT * FROM schemas_discoverer ORDER BY id", Discoverer::of).stream()
                  .filter(d -> d.id.startsWith(idPrefix) && d.source.startsWith(sourcePrefix))
                  .toList();
          Page<Discoverer> page =
              Page.of(all, Discoverer::id, request.limit(), request.nextToken());
          return ListDiscoverersResponse.builder()
              .discoverers(page.elements().stream().map(d -> summary(tx, d)).toList())
              .nextToken(page.token())
              .build();
        });
  }

  DeleteDiscovererResponse delete(String id) {
    env.store()
        .write(tx -> {
          Discoverer discoverer = get(tx, id);
          tx.update("DELETE FROM schemas_discoverer WHERE id = ?", id);
          tags.remove(tx, arn(id));
          disconnect(discoverer);
          return null;
        });
    return DeleteDiscovererResponse.builder().build();
  }

  StartDiscovererResponse start(String id) {
    set(id, DiscovererState.STARTED);
    return StartDiscovererResponse.builder()
        .discovererId(id)
        .state(DiscovererState.STARTED)
        .build();
  }

  StopDiscovererResponse stop(String id) {
    set(id, DiscovererState.STOPPED);
    return StopDiscovererResponse.builder().discovererId(id).state(DiscovererState.STOPPED).build();
  }

  private void set(String id, DiscovererState state) {
    env.store()
        .write(tx -> {
          Discoverer old = get(tx, id);
          var now = new Discoverer(id, old.source, old.description, state, old.crossAccount);
          insert(tx, now);
          connect(now);
          return null;
        });
  }

  /** Puts the managed rule as the discoverer is now. */
  private void connect(Discoverer discoverer) {
    EventBridgeClient events = env.client(EventBridgeClient.class, SERVICE);
    String bus = bus(discoverer.source);
    String own = discoverer.crossAccount ? "" : ", \"account\": [ \"" + env.account() + "\" ]";
    try {
      events.putRule(r ->
          r.name(rule(discoverer.id))
              .eventBusName(bus)
              .description("This rule is used to route Events to Schema Discoverer")
              .eventPattern("{ " + ANY_SOURCE + own + " }")
              .state(discoverer.state == DiscovererState.STARTED ? "ENABLED" : "DISABLED"));
      events.putTargets(r ->
          r.rule(rule(discoverer.id))
              .eventBusName(bus)
              .targets(Target.builder().id(TARGET).arn(arn(discoverer.id)).build()));
    } catch (AwsServiceException e) {
      if (AwsErrors.code(e).equals("ResourceNotFoundException")) {
        throw SchemaErrors.badRequest("SourceArn " + discoverer.source + " does not exist.");
      }
      throw e;
    }
  }

  private void disconnect(Discoverer discoverer) {
    EventBridgeClient events = env.client(EventBridgeClient.class, SERVICE);
    String bus = bus(discoverer.source);
    String rule = rule(discoverer.id);
    try {
      events.removeTargets(r -> r.rule(rule).eventBusName(bus).ids(TARGET));
      events.deleteRule(r -> r.name(rule).eventBusName(bus));
    } catch (AwsServiceException e) {
      // Somebody may have forced the rule, and then the bus, out of the way.
      if (!AwsErrors.code(e).equals("ResourceNotFoundException")) {
        throw e;
      }
    }
  }

  /** The name of the managed rule, shortened if the bus has a long name. */
  private static String rule(String id) {
    String name = "Schemas-" + id;
    if (name.length() <= LONGEST_RULE) {
      return name;
    }
    String unlike =
        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString().substring(0, 8);
    return name.substring(0, LONGEST_RULE - 1 - unlike.length()) + '-' + unlike;
  }

  private String bus(@Nullable String arn) {
    String prefix = env.arn("events", "event-bus/");
    if (arn == null || !arn.startsWith(prefix) || arn.length() == prefix.length()) {
      throw SchemaErrors.badRequest(
          "SourceArn " + arn + " must be the ARN of an event bus of this account and region.");
    }
    return arn.substring(prefix.length());
  }

  private DiscovererSummary summary(Tx tx, Discoverer discoverer) {
    return DiscovererSummary.builder()
        .discovererArn(arn(discoverer.id))
        .discovererId(discoverer.id)
        .sourceArn(discoverer.source)
        .state(discoverer.state)
        .crossAccount(discoverer.crossAccount)
        .tags(tags.of(tx, arn(discoverer.id)))
        .build();
  }

  private static void insert(Tx tx, Discoverer discoverer) {
    tx.update(
        "INSERT OR REPLACE INTO schemas_discoverer VALUES (?, ?, ?, ?, ?)",
        discoverer.id,
        discoverer.source,
        discoverer.description,
        discoverer.state,
        discoverer.crossAccount);
  }

  private static Optional<Discoverer> find(Tx tx, @Nullable String id) {
    return tx.first("SELECT * FROM schemas_discoverer WHERE id = ?", Discoverer::of, id);
  }

  private static Discoverer get(Tx tx, @Nullable String id) {
    return find(tx, id).orElseThrow(() -> SchemaErrors.notFound("Discoverer", String.valueOf(id)));
  }

  /** A discoverer as it stands in the store. */
  private record Discoverer(
      String id,
      String source,
      @Nullable String description,
      DiscovererState state,
      boolean crossAccount) {
    static Discoverer of(Row row) {
      return new Discoverer(
          row.string("id"),
          row.string("source"),
          row.stringOrNull("description"),
          DiscovererState.valueOf(row.string("state")),
          row.flag("cross_account"));
    }
  }
}
