package dev.onboard.local.cloudformation.provider;

import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;

/** {@code AWS::Logs::LogGroup}. */
final class LogsLogGroup extends Provider {
  private static final int NAME_LIMIT = 512;

  LogsLogGroup() {
    super(
        "AWS::Logs::LogGroup",
        """
        LogGroupName@: String, RetentionInDays: Integer, LogGroupClass!: String, KmsKeyId: String
        Tags: [{ Key*: String, Value*: String }]
        """,
        "Arn");
  }

  @Override
  public Physical create(Context context, Properties now) {
    String name = context.name(now.textOrNull("LogGroupName"), NAME_LIMIT);
    CloudWatchLogsClient logs = context.client(CloudWatchLogsClient.class);
    logs.createLogGroup(b -> {
      b.logGroupName(name)
          .logGroupClass(now.textOrNull("LogGroupClass"))
          .kmsKeyId(now.textOrNull("KmsKeyId"));
      if (now.has("Tags")) {
        b.tags(now.tags());
      }
    });
    retention(logs, name, Properties.NONE, now);
    return Physical.of(name, "Arn", context.arn("logs", "log-group:" + name + ":*"));
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    CloudWatchLogsClient logs = context.client(CloudWatchLogsClient.class);
    String name = physical.id();
    retention(logs, name, before, now);
    if (now.differsFrom(before, "KmsKeyId")) {
      if (now.has("KmsKeyId")) {
        logs.associateKmsKey(b -> b.logGroupName(name).kmsKeyId(now.text("KmsKeyId")));
      } else {
        logs.disassociateKmsKey(b -> b.logGroupName(name));
      }
    }
    String arn = context.arn("logs", "log-group:" + name);
    TagChange.between(before, now)
        .apply(
            keys -> logs.untagResource(b -> b.resourceArn(arn).tagKeys(keys)),
            tags -> logs.tagResource(b -> b.resourceArn(arn).tags(tags)));
    return physical;
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    context.client(CloudWatchLogsClient.class).deleteLogGroup(b -> b.logGroupName(physical.id()));
  }

  private static void retention(
      CloudWatchLogsClient logs, String name, Properties before, Properties now) {
    if (!now.differsFrom(before, "RetentionInDays")) {
      return;
    }
    if (now.has("RetentionInDays")) {
      int days = now.get("RetentionInDays").asInt();
      logs.putRetentionPolicy(b -> b.logGroupName(name).retentionInDays(days));
    } else {
      logs.deleteRetentionPolicy(b -> b.logGroupName(name));
    }
  }
}
