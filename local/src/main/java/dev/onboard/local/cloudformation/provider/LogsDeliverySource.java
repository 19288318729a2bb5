package dev.onboard.local.cloudformation.provider;

import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;

/** {@code AWS::Logs::DeliverySource}. */
final class LogsDeliverySource extends Provider {
  LogsDeliverySource() {
    super(
        "AWS::Logs::DeliverySource",
        """
        Name@*: String, ResourceArn!: String, LogType!: String
        Tags!: [{ Key*: String, Value*: String }]
        """,
        "Arn",
        "Service");
  }

  @Override
  public Physical create(Context context, Properties now) {
    String name = now.text("Name");
    var source =
        context
            .client(CloudWatchLogsClient.class)
            .putDeliverySource(b ->
                b.name(name)
                    .resourceArn(now.textOrNull("ResourceArn"))
                    .logType(now.textOrNull("LogType"))
                    .tags(now.has("Tags") ? now.tags() : null))
            .deliverySource();
    return Physical.of(name, "Arn", source.arn(), "Service", source.service());
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    context.client(CloudWatchLogsClient.class).deleteDeliverySource(b -> b.name(physical.id()));
  }
}
