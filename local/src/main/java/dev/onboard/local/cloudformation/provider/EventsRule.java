package dev.onboard.local.cloudformation.provider;

import dev.onboard.local.call.AwsErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.PutRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** {@code AWS::Events::Rule}; on a custom bus its physical id is {@code bus|rule}. */
final class EventsRule extends Provider {
  private static final int NAME_LIMIT = 64;

  EventsRule() {
    super(
        "AWS::Events::Rule",
        """
        Name@: String, EventBusName!: String, Description: String, EventPattern: Json
        RoleArn: String, ScheduleExpression: String, State: String, Targets: [$Target]
        Tags: [{ Key*: String, Value*: String }]
        """,
        Map.of("Target", new Shape.Model(Target::builder, "Id", "Arn")),
        "Arn");
  }

  @Override
  public Physical create(Context context, Properties now) {
    String name = context.name(now.textOrNull("Name"), NAME_LIMIT);
    EventBridgeClient events = context.client(EventBridgeClient.class);
    put(events, name, now, now);
    List<Target> targets = targets(now);
    putTargets(events, now, name, targets);
    String bus = bus(now);
    boolean custom = !bus.equals("default");
    return Physical.of(
        custom ? bus + "|" + name : name,
        "Arn",
        context.arn("events", "rule/" + (custom ? bus + "/" : "") + name));
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    EventBridgeClient events = context.client(EventBridgeClient.class);
    String name = name(physical);
    if (now.differsFrom(
        before, "Description", "EventPattern", "RoleArn", "ScheduleExpression", "State")) {
      put(events, name, now, now.without("Tags"));
    }
    List<Target> old = targets(before);
    List<Target> current = targets(now);
    var gone = new ArrayList<>(old.stream().map(Target::id).toList());
    gone.removeAll(current.stream().map(Target::id).toList());
    removeTargets(events, now, name, gone);
    putTargets(events, now, name, current.stream().filter(t -> !old.contains(t)).toList());
    EventsTags.apply(events, physical.attribute("Arn"), before, now);
    return physical;
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    EventBridgeClient events = context.client(EventBridgeClient.class);
    String name = name(physical);
    removeTargets(events, before, name, targets(before).stream().map(Target::id).toList());
    events.deleteRule(b -> b.name(name).eventBusName(before.textOrNull("EventBusName")));
  }

  private static void put(
      EventBridgeClient events, String name, Properties now, Properties settings) {
    events.putRule(
        settings
            .without("Targets")
            .with("State", now.text("State", "ENABLED"))
            .with("Name", name)
            .into(PutRuleRequest.builder())
            .build());
  }

  private static void putTargets(
      EventBridgeClient events, Properties rule, String name, List<Target> targets) {
    if (targets.isEmpty()) {
      return;
    }
    var answer =
        events.putTargets(
            b -> b.rule(name).eventBusName(rule.textOrNull("EventBusName")).targets(targets));
    if (answer.failedEntryCount() != null && answer.failedEntryCount() > 0) {
      var failed = answer.failedEntries().getFirst();
      throw AwsErrors.error(
          EventBridgeException.builder(),
          400,
          failed.errorCode(),
          "target " + failed.targetId() + ": " + failed.errorMessage());
    }
  }

  private static void removeTargets(
      EventBridgeClient events, Properties rule, String name, List<String> ids) {
    if (!ids.isEmpty()) {
      events.removeTargets(
          b -> b.rule(name).eventBusName(rule.textOrNull("EventBusName")).ids(ids));
    }
  }

  private static List<Target> targets(Properties rule) {
    return rule.each("Targets").stream().map(t -> t.into(Target.builder()).build()).toList();
  }

  private static String name(Physical physical) {
    return physical.id().substring(physical.id().indexOf('|') + 1);
  }

  private static String bus(Properties rule) {
    String bus = rule.text("EventBusName", "default");
    return bus.substring(bus.lastIndexOf('/') + 1);
  }
}
