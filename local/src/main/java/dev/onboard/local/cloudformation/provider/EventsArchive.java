package dev.onboard.local.cloudformation.provider;

import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.CreateArchiveRequest;
import software.amazon.awssdk.services.eventbridge.model.UpdateArchiveRequest;

/** {@code AWS::Events::Archive}. */
final class EventsArchive extends Provider {
  private static final int NAME_LIMIT = 48;

  EventsArchive() {
    super(
        "AWS::Events::Archive",
        """
        ArchiveName@: String, SourceArn!*: String, Description: String, EventPattern: Json
        RetentionDays: Integer, KmsKeyIdentifier: String
        """,
        "Arn",
        "ArchiveName");
  }

  @Override
  public Physical create(Context context, Properties now) {
    String name = context.name(now.textOrNull("ArchiveName"), NAME_LIMIT);
    context
        .client(EventBridgeClient.class)
        .createArchive(
            now.with("ArchiveName", name)
                .renamed("SourceArn", "EventSourceArn")
                .into(CreateArchiveRequest.builder())
                .build());
    return Physical.of(name, "Arn", context.arn("events", "archive/" + name), "ArchiveName", name);
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    context
        .client(EventBridgeClient.class)
        .updateArchive(
            now.resetting(before, "{\"Description\": \"\", \"RetentionDays\": 0}")
                .without("SourceArn")
                .with("ArchiveName", physical.id())
                .into(UpdateArchiveRequest.builder())
                .build());
    return physical;
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    context.client(EventBridgeClient.class).deleteArchive(b -> b.archiveName(physical.id()));
  }
}
