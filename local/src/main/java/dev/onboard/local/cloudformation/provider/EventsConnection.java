package dev.onboard.local.cloudformation.provider;

import java.util.Map;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.CreateConnectionAuthRequestParameters;
import software.amazon.awssdk.services.eventbridge.model.CreateConnectionRequest;
import software.amazon.awssdk.services.eventbridge.model.UpdateConnectionRequest;

/** {@code AWS::Events::Connection}. */
final class EventsConnection extends Provider {
  private static final int NAME_LIMIT = 64;

  EventsConnection() {
    super(
        "AWS::Events::Connection",
        """
        Name@: String, Description: String, AuthorizationType: String
        AuthParameters: $AuthParameters, KmsKeyIdentifier: String
        """,
        Map.of("AuthParameters", new Shape.Model(CreateConnectionAuthRequestParameters::builder)),
        "Arn",
        "ArnForPolicy",
        "SecretArn");
  }

  @Override
  public Physical create(Context context, Properties now) {
    String name = context.name(now.textOrNull("Name"), NAME_LIMIT);
    EventBridgeClient events = context.client(EventBridgeClient.class);
    String arn =
        events
            .createConnection(
                now.with("Name", name).into(CreateConnectionRequest.builder()).build())
            .connectionArn();
    String secret = events.describeConnection(b -> b.name(name)).secretArn();
    return Physical.of(
        name,
        "Arn",
        arn,
        "ArnForPolicy",
        context.arn("events", "connection/" + name),
        "SecretArn",
        secret == null ? "" : secret);
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    context
        .client(EventBridgeClient.class)
        .updateConnection(
            now.resetting(before, "{\"Description\": \"\"}")
                .with("Name", physical.id())
                .into(UpdateConnectionRequest.builder())
                .build());
    return physical;
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    context.client(EventBridgeClient.class).deleteConnection(b -> b.name(physical.id()));
  }
}
