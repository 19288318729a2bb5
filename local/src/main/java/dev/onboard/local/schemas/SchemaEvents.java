package dev.onboard.local.schemas;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import java.time.Instant;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/** What the registry publishes on the default bus: that a schema, or a version of one, is new. */
final class SchemaEvents {
  private static final Principal SERVICE = new Principal.Service("schemas.amazonaws.com");

  private final Environment env;

  SchemaEvents(Environment env) {
    this.env = env;
  }

  /** Publishes what the creation of a schema is, within its write. */
  void created(String arn, String registry, String name, String type, Instant at) {
    publish("Schema Created", arn, registry, name, type, 1, at);
    versionCreated(arn, registry, name, type, 1, at);
  }

  void versionCreated(
      String arn, String registry, String name, String type, int version, Instant at) {
    publish("Schema Version Created", arn, registry, name, type, version, at);
  }

  private void publish(
      String event,
      String arn,
      String registry,
      String name,
      String type,
      int version,
      Instant at) {
    if (env.services().named("events") == null) {
      return;
    }
    String detail =
        JsonNodeFactory.instance
            .objectNode()
            .put("SchemaName", name)
            .put("SchemaType", type)
            .put("RegistryName", registry)
            .put("CreationDate", at.toString())
            .put("Version", Integer.toString(version))
            .toString();
    env.client(EventBridgeClient.class, SERVICE)
        .putEvents(r ->
            r.entries(
                PutEventsRequestEntry.builder()
                    .source("aws.schemas")
                    .detailType(event)
                    .resources(arn)
                    .detail(detail)
                    .time(at)
                    .build()));
  }
}
