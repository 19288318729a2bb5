package dev.onboard.local.cloudformation.provider;

import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;

/** {@code AWS::Logs::LogStream}. */
final class LogsLogStream extends Provider {
  private static final int NAME_LIMIT = 512;

  LogsLogStream() {
    super("AWS::Logs::LogStream", "LogGroupName!*: String, LogStreamName@: String");
  }

  @Override
  public Physical create(Context context, Properties now) {
    String name = context.name(now.textOrNull("LogStreamName"), NAME_LIMIT);
    context
        .client(CloudWatchLogsClient.class)
        .createLogStream(b -> b.logGroupName(now.text("LogGroupName")).logStreamName(name));
    return Physical.of(name);
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    context
        .client(CloudWatchLogsClient.class)
        .deleteLogStream(
            b -> b.logGroupName(before.text("LogGroupName")).logStreamName(physical.id()));
  }
}
