package dev.onboard.local.cloudformation.provider;

import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeliveryDestination;

/** {@code AWS::Logs::DeliveryDestination}. */
final class LogsDeliveryDestination extends Provider {
  LogsDeliveryDestination() {
    super(
        "AWS::Logs::DeliveryDestination",
        """
        Name@*: String, DestinationResourceArn!: String, OutputFormat: String
        DeliveryDestinationType!: String, Tags!: [{ Key*: String, Value*: String }]
        """,
        "Arn",
        "DeliveryDestinationType");
  }

  @Override
  public Physical create(Context context, Properties now) {
    DeliveryDestination made = put(context, now);
    return Physical.of(
        made.name(),
        "Arn",
        made.arn(),
        "DeliveryDestinationType",
        made.deliveryDestinationTypeAsString());
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    put(context, now);
    return physical;
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    context
        .client(CloudWatchLogsClient.class)
        .deleteDeliveryDestination(b -> b.name(physical.id()));
  }

  private static DeliveryDestination put(Context context, Properties now) {
    return context
        .client(CloudWatchLogsClient.class)
        .putDeliveryDestination(b ->
            b.name(now.text("Name"))
                .outputFormat(now.textOrNull("OutputFormat"))
                .deliveryDestinationType(now.textOrNull("DeliveryDestinationType"))
                .deliveryDestinationConfiguration(
                    c -> c.destinationResourceArn(now.textOrNull("DestinationResourceArn")))
                .tags(now.has("Tags") ? now.tags() : null))
        .deliveryDestination();
  }
}
