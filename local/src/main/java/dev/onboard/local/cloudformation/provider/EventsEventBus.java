package dev.onboard.local.cloudformation.provider;

import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.CreateEventBusRequest;
import software.amazon.awssdk.services.eventbridge.model.UpdateEventBusRequest;

/** {@code AWS::Events::EventBus}. */
final class EventsEventBus extends Provider {
  EventsEventBus() {
    super(
        "AWS::Events::EventBus",
        """
        Name@*: String, EventSourceName!: String, Description: String, KmsKeyIdentifier: String
        DeadLetterConfig: { Arn: String }, LogConfig: { IncludeDetail: String, Level: String }
        Policy: Json, Tags: [{ Key*: String, Value*: String }]
        """,
        "Arn",
        "Name");
  }

  @Override
  public Physical create(Context context, Properties now) {
    EventBridgeClient events = context.client(EventBridgeClient.class);
    String name = now.text("Name");
    events.createEventBus(now.without("Policy").into(CreateEventBusRequest.builder()).build());
    if (now.has("Policy")) {
      events.putPermission(b -> b.eventBusName(name).policy(now.text("Policy")));
    }
    return Physical.of(name, "Arn", context.arn("events", "event-bus/" + name), "Name", name);
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    EventBridgeClient events = context.client(EventBridgeClient.class);
    if (now.differsFrom(
        before, "Description", "KmsKeyIdentifier", "DeadLetterConfig", "LogConfig")) {
      events.updateEventBus(
          now.without("Policy", "Tags", "EventSourceName")
              .into(UpdateEventBusRequest.builder())
              .build());
    }
    if (now.differsFrom(before, "Policy")) {
      if (now.has("Policy")) {
        events.putPermission(b -> b.eventBusName(physical.id()).policy(now.text("Policy")));
      } else {
        events.removePermission(b -> b.eventBusName(physical.id()).removeAllPermissions(true));
      }
    }
    EventsTags.apply(events, physical.attribute("Arn"), before, now);
    return physical;
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    context.client(EventBridgeClient.class).deleteEventBus(b -> b.name(physical.id()));
  }
}
