package dev.onboard.local.cloudformation.provider;

import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/** The tags of alarms. */
final class CloudWatchTags {
  private CloudWatchTags() {}

  static void apply(CloudWatchClient cloudWatch, String arn, Properties before, Properties now) {
    TagChange.between(before, now)
        .apply(
            keys -> cloudWatch.untagResource(b -> b.resourceARN(arn).tagKeys(keys)),
            tags ->
                cloudWatch.tagResource(b -> b.resourceARN(arn).tags(CloudWatchAlarm.tags(tags))));
  }
}
