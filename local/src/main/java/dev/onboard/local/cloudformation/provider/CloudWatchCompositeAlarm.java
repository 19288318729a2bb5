package dev.onboard.local.cloudformation.provider;

import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.PutCompositeAlarmRequest;

/** {@code AWS::CloudWatch::CompositeAlarm}. */
final class CloudWatchCompositeAlarm extends Provider {
  private static final int NAME_LIMIT = 255;

  CloudWatchCompositeAlarm() {
    super(
        "AWS::CloudWatch::CompositeAlarm",
        """
        AlarmName@: String, AlarmRule*: String, AlarmDescription: String, ActionsEnabled: Boolean
        AlarmActions: [String], OKActions: [String], InsufficientDataActions: [String]
        ActionsSuppressor: String, ActionsSuppressorWaitPeriod: Integer
        ActionsSuppressorExtensionPeriod: Integer, Tags: [{ Key*: String, Value*: String }]
        """,
        "Arn");
  }

  @Override
  public Physical create(Context context, Properties now) {
    String name = context.name(now.textOrNull("AlarmName"), NAME_LIMIT);
    put(context, name, now);
    return Physical.of(name, "Arn", context.arn("cloudwatch", "alarm:" + name));
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    if (!now.without("Tags").equals(before.without("Tags"))) {
      put(context, physical.id(), now.without("Tags"));
    }
    CloudWatchTags.apply(
        context.client(CloudWatchClient.class), physical.attribute("Arn"), before, now);
    return physical;
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    context.client(CloudWatchClient.class).deleteAlarms(b -> b.alarmNames(physical.id()));
  }

  private static void put(Context context, String name, Properties now) {
    context
        .client(CloudWatchClient.class)
        .putCompositeAlarm(
            now.with("AlarmName", name).into(PutCompositeAlarmRequest.builder()).build());
  }
}
