package dev.onboard.local.cloudformation;

import dev.onboard.local.call.Environment;
import dev.onboard.local.call.RequestIds;
import dev.onboard.local.store.Tx;
import dev.onboard.local.wire.SdkJson;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/**
 * The tables of this room: stacks, their resources, what is left over of them, and their events.
 */
final class Stacks {
  private static final List<List<String>> VERSIONS =
      List.of(
          List.of(
              "CREATE TABLE cfn_stack(seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
                  + " name TEXT NOT NULL, live INT NOT NULL, record TEXT NOT NULL)",
              "CREATE UNIQUE INDEX cfn_stack_name ON cfn_stack(name) WHERE live = 1",
              "CREATE TABLE cfn_resource(seq INTEGER PRIMARY KEY, stack TEXT NOT NULL,"
                  + " logical_id TEXT NOT NULL, physical_id TEXT, record TEXT NOT NULL,"
                  + " UNIQUE(stack, logical_id))",
              "CREATE INDEX cfn_resource_physical ON cfn_resource(physical_id)",
              "CREATE TABLE cfn_leftover(seq INTEGER PRIMARY KEY, stack TEXT NOT NULL,"
                  + " record TEXT NOT NULL)",
              "CREATE INDEX cfn_leftover_stack ON cfn_leftover(stack)",
              "CREATE TABLE cfn_event(seq INTEGER PRIMARY KEY, stack TEXT NOT NULL,"
                  + " event TEXT NOT NULL)",
              "CREATE INDEX cfn_event_stack ON cfn_event(stack, seq)",
              "CREATE TABLE cfn_change_set(seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
                  + " stack TEXT NOT NULL, name TEXT NOT NULL, record TEXT NOT NULL,"
                  + " UNIQUE(stack, name))",
              "CREATE TABLE cfn_export(name TEXT PRIMARY KEY, stack TEXT NOT NULL,"
                  + " value TEXT NOT NULL)",
              "CREATE TABLE cfn_import(name TEXT NOT NULL, stack TEXT NOT NULL,"
                  + " PRIMARY KEY(name, stack))"));

  private final Environment env;

  Stacks(Environment env) {
    this.env = env;
    env.store().migrate("cloudformation", VERSIONS);
  }

  static String describe(String nameOrId) {
    return "Stack with id " + nameOrId + " does not exist";
  }

  /** The stack of a name, or of an id even if it is deleted. */
  Optional<StackRecord> find(Tx tx, String nameOrId) {
    return nameOrId.startsWith("arn:")
        ? tx.first("SELECT record FROM cfn_stack WHERE id = ?", r -> stack(r.string(1)), nameOrId)
        : tx.first(
            "SELECT record FROM cfn_stack WHERE name = ? AND live = 1",
            r -> stack(r.string(1)),
            nameOrId);
  }

  StackRecord get(Tx tx, String nameOrId) {
    return find(tx, nameOrId).orElseThrow(() -> Invalid.request(describe(nameOrId)));
  }

  /** All stacks, newest first. */
  List<StackRecord> all(Tx tx, boolean deletedToo) {
    return tx.list(
        "SELECT record FROM cfn_stack WHERE live = 1 OR ? ORDER BY seq DESC",
        r -> stack(r.string(1)),
        deletedToo);
  }

  void save(Tx tx, StackRecord stack) {
    tx.update(
        "INSERT INTO cfn_stack(id, name, live, record) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT(id) DO UPDATE SET live = excluded.live, record = excluded.record",
        stack.id(),
        stack.name(),
        stack.isLive(),
        Json.write(stack));
  }

  /** A stack with what the user may have changed of it while an operation was running. */
  StackRecord current(Tx tx, StackRecord stack) {
    return stack.protectedFromDeletion(get(tx, stack.id()).protectedFromDeletion());
  }

  /** Saves a stack that has come to another status, with the event of it. */
  StackRecord become(Tx tx, StackRecord stack, StackStatus status, @Nullable String reason) {
    StackRecord changed =
        (find(tx, stack.id()).isPresent() ? current(tx, stack) : stack).with(status, reason);
    save(tx, changed);
    event(tx, changed, status, reason);
    return changed;
  }

  /** The event of a stack itself. */
  void event(Tx tx, StackRecord stack, StackStatus status, @Nullable String reason) {
    add(
        tx,
        StackEvent.builder()
            .stackId(stack.id())
            .stackName(stack.name())
            .eventId(RequestIds.next())
            .logicalResourceId(stack.name())
            .physicalResourceId(stack.id())
            .resourceType("AWS::CloudFormation::Stack")
            .timestamp(env.clock().now())
            .resourceStatus(status.toString())
            .resourceStatusReason(reason)
            .clientRequestToken(token(stack))
            .build());
  }

  /** The event of a resource, with what its status is now. */
  void event(Tx tx, StackRecord stack, ResourceRecord resource) {
    add(
        tx,
        StackEvent.builder()
            .stackId(stack.id())
            .stackName(stack.name())
            .eventId(resource.logicalId() + "-" + resource.status() + "-" + env.clock().now())
            .logicalResourceId(resource.logicalId())
            .physicalResourceId(resource.physicalId() == null ? "" : resource.physicalId())
            .resourceType(resource.type())
            .timestamp(env.clock().now())
            .resourceStatus(resource.status())
            .resourceStatusReason(resource.reason())
            .resourceProperties(
                resource.properties().isEmpty() ? null : resource.properties().toString())
            .clientRequestToken(token(stack))
            .build());
  }

  List<StackEvent> events(Tx tx, String stackId, int limit, long before) {
    return tx.list(
        "SELECT event FROM cfn_event WHERE stack = ? AND seq < ? ORDER BY seq DESC LIMIT ?",
        r -> SdkJson.read(StackEvent.class, r.string(1)),
        stackId,
        before,
        limit);
  }

  /** The position of the last of a page of events, from which the next page goes on. */
  long eventPosition(Tx tx, String stackId, int limit, long before) {
    return tx.number(
        "SELECT min(seq) FROM (SELECT seq FROM cfn_event WHERE stack = ? AND seq < ?"
            + " ORDER BY seq DESC LIMIT ?)",
        stackId,
        before,
        limit);
  }

  private void add(Tx tx, StackEvent event) {
    tx.update(
        "INSERT INTO cfn_event(stack, event) VALUES (?, ?)", event.stackId(), SdkJson.write(event));
  }

  List<ResourceRecord> resources(Tx tx, String stackId) {
    return tx.list(
        "SELECT record FROM cfn_resource WHERE stack = ? ORDER BY seq",
        r -> Json.read(ResourceRecord.class, r.string(1)),
        stackId);
  }

  Optional<ResourceRecord> resource(Tx tx, String stackId, String logicalId) {
    return tx.first(
        "SELECT record FROM cfn_resource WHERE stack = ? AND logical_id = ?",
        r -> Json.read(ResourceRecord.class, r.string(1)),
        stackId,
        logicalId);
  }

  /** The stack that a resource belongs to. */
  Optional<String> stackOf(Tx tx, String physicalId) {
    return tx.first(
        "SELECT stack FROM cfn_resource WHERE physical_id = ?", r -> r.string(1), physicalId);
  }

  void save(Tx tx, String stackId, ResourceRecord resource) {
    tx.update(
        "INSERT INTO cfn_resource(stack, logical_id, physical_id, record) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT(stack, logical_id) DO UPDATE SET physical_id = excluded.physical_id,"
            + " record = excluded.record",
        stackId,
        resource.logicalId(),
        resource.physicalId(),
        Json.write(resource));
  }

  /** Saves a resource and the event of its status. */
  void record(Tx tx, StackRecord stack, ResourceRecord resource) {
    save(tx, stack.id(), resource);
    event(tx, stack, resource);
  }

  void forget(Tx tx, String stackId, String logicalId) {
    tx.update("DELETE FROM cfn_resource WHERE stack = ? AND logical_id = ?", stackId, logicalId);
  }

  /** Notes that a resource is to be deleted once the operation is past the point of return. */
  void leave(Tx tx, String stackId, ResourceRecord resource) {
    tx.update(
        "INSERT INTO cfn_leftover(stack, record) VALUES (?, ?)",
        stackId,
        Json.write(resource.alone()));
  }

  List<ResourceRecord> leftovers(Tx tx, String stackId) {
    return tx.list(
        "SELECT record FROM cfn_leftover WHERE stack = ? ORDER BY seq",
        r -> Json.read(ResourceRecord.class, r.string(1)),
        stackId);
  }

  void forgetLeftover(Tx tx, String stackId, ResourceRecord resource) {
    tx.update(
        "DELETE FROM cfn_leftover WHERE seq = (SELECT min(seq) FROM cfn_leftover"
            + " WHERE stack = ? AND record = ?)",
        stackId,
        Json.write(resource));
  }

  private static StackRecord stack(String json) {
    return Json.read(StackRecord.class, json);
  }

  private static @Nullable String token(StackRecord stack) {
    return stack.operation() == null ? null : stack.operation().token();
  }
}
