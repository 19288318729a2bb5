package dev.onboard.local.cloudformation.provider;

import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.Delivery;

/** {@code AWS::Logs::Delivery}. */
final class LogsDelivery extends Provider {
  LogsDelivery() {
    super(
        "AWS::Logs::Delivery",
        """
        DeliverySourceName!*: String, DeliveryDestinationArn!*: String
        Tags!: [{ Key*: String, Value*: String }]
        """,
        "Arn",
        "DeliveryId",
        "DeliveryDestinationType");
  }

  @Override
  public Physical create(Context context, Properties now) {
    Delivery made =
        context
            .client(CloudWatchLogsClient.class)
            .createDelivery(b ->
                b.deliverySourceName(now.text("DeliverySourceName"))
                    .deliveryDestinationArn(now.text("DeliveryDestinationArn"))
                    .tags(now.has("Tags") ? now.tags() : null))
            .delivery();
    return Physical.of(
        made.id(),
        "Arn",
        made.arn(),
        "DeliveryId",
        made.id(),
        "DeliveryDestinationType",
        made.deliveryDestinationTypeAsString());
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    context.client(CloudWatchLogsClient.class).deleteDelivery(b -> b.id(physical.id()));
  }
}
