package dev.onboard.local.cloudformation.provider;

import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;

/** {@code AWS::Logs::ResourcePolicy}. */
final class LogsResourcePolicy extends Provider {
  LogsResourcePolicy() {
    super("AWS::Logs::ResourcePolicy", "PolicyName@*: String, PolicyDocument*: Json");
  }

  @Override
  public Physical create(Context context, Properties now) {
    put(context, now);
    return Physical.of(now.text("PolicyName"));
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
        .deleteResourcePolicy(b -> b.policyName(physical.id()));
  }

  private static void put(Context context, Properties now) {
    context
        .client(CloudWatchLogsClient.class)
        .putResourcePolicy(
            b -> b.policyName(now.text("PolicyName")).policyDocument(now.text("PolicyDocument")));
  }
}
