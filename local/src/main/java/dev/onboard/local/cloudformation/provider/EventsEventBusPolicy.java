package dev.onboard.local.cloudformation.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Condition;

/** {@code AWS::Events::EventBusPolicy}: one statement of the policy of a bus. */
final class EventsEventBusPolicy extends Provider {
  EventsEventBusPolicy() {
    super(
        "AWS::Events::EventBusPolicy",
        """
        StatementId!*: String, EventBusName!: String, Statement: Json, Action: String
        Principal: String, Condition: { Key: String, Type: String, Value: String }
        """);
  }

  @Override
  public Physical create(Context context, Properties now) {
    put(context, now);
    return Physical.of(now.text("EventBusName", "default") + "|" + now.text("StatementId"));
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    put(context, now);
    return physical;
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    context
        .client(EventBridgeClient.class)
        .removePermission(b ->
            b.eventBusName(before.textOrNull("EventBusName"))
                .statementId(before.text("StatementId")));
  }

  private static void put(Context context, Properties now) {
    EventBridgeClient events = context.client(EventBridgeClient.class);
    if (!now.has("Statement")) {
      Condition condition =
          now.has("Condition") ? now.in("Condition").into(Condition.builder()).build() : null;
      events.putPermission(b ->
          b.eventBusName(now.textOrNull("EventBusName"))
              .statementId(now.text("StatementId"))
              .action(now.textOrNull("Action"))
              .principal(now.textOrNull("Principal"))
              .condition(condition));
      return;
    }
    String policy = events.describeEventBus(b -> b.name(now.textOrNull("EventBusName"))).policy();
    String whole = withStatement(policy, now);
    events.putPermission(b -> b.eventBusName(now.textOrNull("EventBusName")).policy(whole));
  }

  /** The policy with the statement in the place of the one of the same id, or at the end. */
  private static String withStatement(@Nullable String policy, Properties now) {
    ObjectNode whole =
        Properties.json(
                policy == null || policy.isEmpty()
                    ? "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
                    : policy)
            .node();
    ObjectNode statement = now.get("Statement").deepCopy();
    statement.put("Sid", now.text("StatementId"));
    ArrayNode statements = whole.putArray("Statement");
    for (JsonNode old :
        Properties.json(policy == null || policy.isEmpty() ? "{}" : policy).get("Statement")) {
      if (!old.path("Sid").asText().equals(now.text("StatementId"))) {
        statements.add(old);
      }
    }
    statements.add(statement);
    return whole.toString();
  }
}
