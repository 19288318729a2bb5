package dev.onboard.local.eventbridge;

import dev.onboard.local.call.Environment;
import dev.onboard.local.store.Row;
import dev.onboard.local.store.Tx;
import dev.onboard.local.wire.SdkJson;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.CreateEventBusRequest;
import software.amazon.awssdk.services.eventbridge.model.CreateEventBusResponse;
import software.amazon.awssdk.services.eventbridge.model.DeadLetterConfig;
import software.amazon.awssdk.services.eventbridge.model.DeleteEventBusRequest;
import software.amazon.awssdk.services.eventbridge.model.DeleteEventBusResponse;
import software.amazon.awssdk.services.eventbridge.model.DescribeEventBusRequest;
import software.amazon.awssdk.services.eventbridge.model.DescribeEventBusResponse;
import software.amazon.awssdk.services.eventbridge.model.EventBus;
import software.amazon.awssdk.services.eventbridge.model.IncludeDetail;
import software.amazon.awssdk.services.eventbridge.model.Level;
import software.amazon.awssdk.services.eventbridge.model.ListEventBusesRequest;
import software.amazon.awssdk.services.eventbridge.model.ListEventBusesResponse;
import software.amazon.awssdk.services.eventbridge.model.LogConfig;
import software.amazon.awssdk.services.eventbridge.model.PutPermissionRequest;
import software.amazon.awssdk.services.eventbridge.model.PutPermissionResponse;
import software.amazon.awssdk.services.eventbridge.model.RemovePermissionRequest;
import software.amazon.awssdk.services.eventbridge.model.RemovePermissionResponse;
import software.amazon.awssdk.services.eventbridge.model.UpdateEventBusRequest;
import software.amazon.awssdk.services.eventbridge.model.UpdateEventBusResponse;

/** The event buses; the default one is always there. */
final class Buses {
  private final Environment env;
  private final Quotas quotas;
  private final Names names;
  private final Routes routes;
  private final Tags tags;
  private final BusLogs logs;

  Buses(Environment env, Quotas quotas, Names names, Routes routes, Tags tags, BusLogs logs) {
    this.env = env;
    this.quotas = quotas;
    this.names = names;
    this.routes = routes;
    this.tags = tags;
    this.logs = logs;
  }

  void ensureDefault() {
    Instant now = env.clock().now();
    env.store()
        .write(tx ->
            tx.update(
                "INSERT OR IGNORE INTO events_bus(name, created, modified) VALUES (?, ?, ?)",
                Names.DEFAULT_BUS,
                now,
                now));
  }

  CreateEventBusResponse create(CreateEventBusRequest request) {
    new Constraints()
        .required("name", request.name())
        .pattern("name", request.name(), Constraints.BUS_NAME)
        .length("name", request.name(), 1, 256)
        .length("description", request.description(), 0, 512)
        .check();
    refuseKey("CreateEventBus", request.kmsKeyIdentifier());
    if (request.eventSourceName() != null) {
      throw EventErrors.unsupported("CreateEventBus", "EventSourceName (partner event sources)");
    }
    if (request.name().contains("/")) {
      throw EventErrors.validation("Event bus name must not contain '/'.");
    }
    checkConfigs(request.deadLetterConfig(), request.logConfig());
    Instant now = env.clock().now();
    env.store()
        .write(tx -> {
          if (exists(tx, request.name())) {
            throw EventErrors.exists("Event bus " + request.name() + " already exists.");
          }
          if (tx.number("SELECT count(*) FROM events_bus") >= quotas.buses()) {
            throw EventErrors.limit();
          }
          tx.update(
              "INSERT INTO events_bus VALUES (?, ?, ?, ?, NULL, ?, ?, 0)",
              request.name(),
              request.description(),
              deadLetters(request.deadLetterConfig()),
              logConfig(request.logConfig()),
              now,
              now);
          tags.replace(tx, names.busArn(request.name()), request.tags());
          env.store().afterCommit(() -> routes.reloadBus(request.name()));
          env.store().afterCommit(logs::reload);
          return null;
        });
    return CreateEventBusResponse.builder()
        .eventBusArn(names.busArn(request.name()))
        .description(request.description())
        .deadLetterConfig(request.deadLetterConfig())
        .logConfig(request.logConfig())
        .build();
  }

  UpdateEventBusResponse update(UpdateEventBusRequest request) {
    new Constraints().length("description", request.description(), 0, 512).check();
    refuseKey("UpdateEventBus", request.kmsKeyIdentifier());
    checkConfigs(request.deadLetterConfig(), request.logConfig());
    String name = names.bus(request.name());
    return env.store()
        .write(tx -> {
          int changed =
              tx.update(
                  "UPDATE events_bus SET description = coalesce(?, description),"
                      + " dead_letters = coalesce(?, dead_letters),"
                      + " log_config = coalesce(?, log_config), modified = ? WHERE name = ?",
                  request.description(),
                  deadLetters(request.deadLetterConfig()),
                  logConfig(request.logConfig()),
                  env.clock().now(),
                  name);
          if (changed == 0) {
            throw EventErrors.noBus(name);
          }
          env.store().afterCommit(logs::reload);
          Bus bus = get(tx, name);
          return UpdateEventBusResponse.builder()
              .arn(names.busArn(name))
              .name(name)
              .description(bus.description)
              .deadLetterConfig(bus.deadLetterConfig())
              .logConfig(bus.logConfig())
              .build();
        });
  }

  DeleteEventBusResponse delete(DeleteEventBusRequest request) {
    new Constraints()
        .required("name", request.name())
        .pattern("name", request.name(), Constraints.BUS_NAME)
        .length("name", request.name(), 1, 256)
        .check();
    String name = request.name();
    if (name.equals(Names.DEFAULT_BUS)) {
      throw EventErrors.validation("Cannot delete event bus default.");
    }
    env.store()
        .write(tx -> {
          // Deleting a bus that is not there succeeds, as on AWS.
          if (tx.exists("SELECT 1 FROM events_rule WHERE bus = ? LIMIT 1", name)) {
            throw EventErrors.validation(
                "Cannot delete event bus " + name + " since it has rules.");
          }
          tx.update("DELETE FROM events_bus WHERE name = ?", name);
          tags.remove(tx, names.busArn(name));
          env.store().afterCommit(() -> routes.reloadBus(name));
          env.store().afterCommit(logs::reload);
          return null;
        });
    return DeleteEventBusResponse.builder().build();
  }

  DescribeEventBusResponse describe(DescribeEventBusRequest request) {
    new Constraints()
        .pattern("name", request.name(), Constraints.BUS_NAME_OR_ARN)
        .length("name", request.name(), 1, 1600)
        .check();
    String name = names.bus(request.name());
    Bus bus = env.store().read(tx -> get(tx, name));
    return DescribeEventBusResponse.builder()
        .arn(names.busArn(name))
        .name(name)
        .description(bus.description)
        .deadLetterConfig(bus.deadLetterConfig())
        .logConfig(bus.logConfig())
        .policy(bus.policy)
        .creationTime(bus.created)
        .lastModifiedTime(bus.modified)
        .build();
  }

  ListEventBusesResponse list(ListEventBusesRequest request) {
    new Constraints().range("limit", request.limit(), 1, 100).check();
    List<Bus> all =
        env.store().read(tx -> tx.list("SELECT * FROM events_bus ORDER BY name", Bus::of));
    Pages<Bus> page =
        Pages.of(
            all.stream()
                .filter(
                    b -> request.namePrefix() == null || b.name.startsWith(request.namePrefix()))
                .toList(),
            Bus::name,
            request.limit(),
            request.nextToken());
    return ListEventBusesResponse.builder()
        .eventBuses(page.page().stream().map(this::summary).toList())
        .nextToken(page.token())
        .build();
  }

  PutPermissionResponse putPermission(PutPermissionRequest request) {
    String name = names.bus(request.eventBusName());
    return env.store()
        .write(tx -> {
          Bus bus = get(tx, name);
          setPolicy(tx, name, BusPolicy.with(bus.policy, request, names.busArn(name)));
          return PutPermissionResponse.builder().build();
        });
  }

  RemovePermissionResponse removePermission(RemovePermissionRequest request) {
    String name = names.bus(request.eventBusName());
    return env.store()
        .write(tx -> {
          Bus bus = get(tx, name);
          boolean all = Boolean.TRUE.equals(request.removeAllPermissions());
          setPolicy(tx, name, all ? null : BusPolicy.without(bus.policy, request.statementId()));
          return RemovePermissionResponse.builder().build();
        });
  }

  /** Refuses a request about a bus that does not exist. */
  static void require(Tx tx, String name) {
    if (!exists(tx, name)) {
      throw EventErrors.noBus(name);
    }
  }

  private void setPolicy(Tx tx, String name, @Nullable String policy) {
    tx.update(
        "UPDATE events_bus SET policy = ?, modified = ? WHERE name = ?",
        policy,
        env.clock().now(),
        name);
  }

  private EventBus summary(Bus bus) {
    return EventBus.builder()
        .name(bus.name)
        .arn(names.busArn(bus.name))
        .description(bus.description)
        .policy(bus.policy)
        .creationTime(bus.created)
        .lastModifiedTime(bus.modified)
        .build();
  }

  private static boolean exists(Tx tx, String name) {
    return tx.exists("SELECT 1 FROM events_bus WHERE name = ?", name);
  }

  private static Bus get(Tx tx, String name) {
    return tx.first("SELECT * FROM events_bus WHERE name = ?", Bus::of, name)
        .orElseThrow(() -> EventErrors.noBus(name));
  }

  private static void refuseKey(String operation, @Nullable String key) {
    if (key != null) {
      throw EventErrors.unsupported(operation, "KmsKeyIdentifier");
    }
  }

  private static void checkConfigs(
      @Nullable DeadLetterConfig deadLetters, @Nullable LogConfig log) {
    var constraints = new Constraints();
    if (deadLetters != null) {
      constraints.length("deadLetterConfig.arn", deadLetters.arn(), 1, 1600);
    }
    if (log != null) {
      constraints
          .choice("logConfig.level", log.levelAsString(), Level.knownValues())
          .choice(
              "logConfig.includeDetail", log.includeDetailAsString(), IncludeDetail.knownValues());
    }
    constraints.check();
  }

  private static @Nullable String deadLetters(@Nullable DeadLetterConfig config) {
    return config == null ? null : SdkJson.write(config);
  }

  private static @Nullable String logConfig(@Nullable LogConfig config) {
    return config == null ? null : SdkJson.write(config);
  }

  /** A bus as it stands in the store. */
  private record Bus(
      String name,
      @Nullable String description,
      @Nullable String deadLetters,
      @Nullable String log,
      @Nullable String policy,
      Instant created,
      Instant modified) {
    static Bus of(Row row) {
      return new Bus(
          row.string("name"),
          row.stringOrNull("description"),
          row.stringOrNull("dead_letters"),
          row.stringOrNull("log_config"),
          row.stringOrNull("policy"),
          row.instant("created"),
          row.instant("modified"));
    }

    @Nullable DeadLetterConfig deadLetterConfig() {
      return deadLetters == null ? null : SdkJson.read(DeadLetterConfig.class, deadLetters);
    }

    @Nullable LogConfig logConfig() {
      return log == null ? null : SdkJson.read(LogConfig.class, log);
    }
  }
}
