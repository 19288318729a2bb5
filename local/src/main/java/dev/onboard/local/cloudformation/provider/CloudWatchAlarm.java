package dev.onboard.local.cloudformation.provider;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.Tag;

/** {@code AWS::CloudWatch::Alarm}. */
final class CloudWatchAlarm extends Provider {
  private static final int NAME_LIMIT = 255;

  CloudWatchAlarm() {
    super(
        "AWS::CloudWatch::Alarm",
        """
        AlarmName@: String, AlarmDescription: String, ActionsEnabled: Boolean
        AlarmActions: [String], OKActions: [String], InsufficientDataActions: [String]
        Namespace: String, MetricName: String, Dimensions: [{ Name*: String, Value*: String }]
        Statistic: String, ExtendedStatistic: String, Unit: String, Period: Integer
        Metrics: [$Metric], EvaluationPeriods: Integer, DatapointsToAlarm: Integer
        Threshold: Number, ThresholdMetricId: String, ComparisonOperator*: String
        TreatMissingData: String, EvaluateLowSampleCountPercentile: String
        Tags: [{ Key*: String, Value*: String }]
        """,
        Map.of("Metric", new Shape.Model(MetricDataQuery::builder, "Id")),
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
        .putMetricAlarm(now.with("AlarmName", name).into(PutMetricAlarmRequest.builder()).build());
  }

  static List<Tag> tags(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(t -> Tag.builder().key(t.getKey()).value(t.getValue()).build())
        .toList();
  }
}
