package dev.onboard.local.cloudformation.provider;

import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.CreateApiDestinationRequest;
import software.amazon.awssdk.services.eventbridge.model.UpdateApiDestinationRequest;

/** {@code AWS::Events::ApiDestination}. */
final class EventsApiDestination extends Provider {
  private static final int NAME_LIMIT = 64;

  EventsApiDestination() {
    super(
        "AWS::Events::ApiDestination",
        """
        Name@: String, Description: String, ConnectionArn*: String, HttpMethod*: String
        InvocationEndpoint*: String, InvocationRateLimitPerSecond: Integer
        """,
        "Arn",
        "ArnForPolicy");
  }

  @Override
  public Physical create(Context context, Properties now) {
    String name = context.name(now.textOrNull("Name"), NAME_LIMIT);
    String arn =
        context
            .client(EventBridgeClient.class)
            .createApiDestination(
                now.with("Name", name).into(CreateApiDestinationRequest.builder()).build())
            .apiDestinationArn();
    return Physical.of(
        name, "Arn", arn, "ArnForPolicy", context.arn("events", "api-destination/" + name));
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    context
        .client(EventBridgeClient.class)
        .updateApiDestination(
            now.resetting(before, "{\"Description\": \"\", \"InvocationRateLimitPerSecond\": 300}")
                .with("Name", physical.id())
                .into(UpdateApiDestinationRequest.builder())
                .build());
    return physical;
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    context.client(EventBridgeClient.class).deleteApiDestination(b -> b.name(physical.id()));
  }
}
