package dev.onboard.local.cloudwatch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.call.Environment;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;

/** What an alarm tells a topic when its state changes. */
final class AlarmMessage {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'+0000'").withZone(ZoneOffset.UTC);

  private AlarmMessage() {}

  static String subject(MetricAlarm alarm) {
    String subject = alarm.stateValueAsString() + ": \"" + alarm.alarmName() + "\"";
    return subject.length() > 100 ? subject.substring(0, 97) + "..." : subject;
  }

  static String of(Environment env, MetricAlarm before, MetricAlarm now) {
    ObjectNode message =
        JSON.createObjectNode()
            .put("AlarmName", now.alarmName())
            .put("AlarmDescription", now.alarmDescription())
            .put("AWSAccountId", env.account())
            .put(
                "AlarmConfigurationUpdatedTimestamp",
                time(now.alarmConfigurationUpdatedTimestamp()))
            .put("NewStateValue", now.stateValueAsString())
            .put("NewStateReason", now.stateReason())
            .put("StateChangeTime", time(now.stateUpdatedTimestamp()))
            .put("Region", Region.of(env.region()).metadata().description())
            .put("AlarmArn", now.alarmArn())
            .put("OldStateValue", before.stateValueAsString());
    now.okActions().forEach(message.putArray("OKActions")::add);
    now.alarmActions().forEach(message.putArray("AlarmActions")::add);
    now.insufficientDataActions().forEach(message.putArray("InsufficientDataActions")::add);
    trigger(message.putObject("Trigger"), now);
    return message.toString();
  }

  private static String time(Instant time) {
    return TIME.format(time);
  }

  private static void trigger(ObjectNode trigger, MetricAlarm alarm) {
    if (alarm.hasMetrics()) {
      for (MetricDataQuery query : alarm.metrics()) {
        ObjectNode node =
            trigger
                .withArray("Metrics")
                .addObject()
                .put("Id", query.id())
                .put("Label", query.label());
        if (query.expression() != null) {
          node.put("Expression", query.expression());
        } else {
          ObjectNode stat = node.putObject("MetricStat");
          stat.put("Period", query.metricStat().period()).put("Stat", query.metricStat().stat());
          ObjectNode metric = stat.putObject("Metric");
          metric.put("Namespace", query.metricStat().metric().namespace());
          metric.put("MetricName", query.metricStat().metric().metricName());
        }
        node.put("ReturnData", !Boolean.FALSE.equals(query.returnData()));
      }
    } else {
      trigger.put("MetricName", alarm.metricName());
      trigger.put("Namespace", alarm.namespace());
      trigger.put("StatisticType", "Statistic");
      trigger.put("Statistic", alarm.statisticAsString().toUpperCase(Locale.ROOT));
      trigger.put("Unit", alarm.unitAsString());
      var dimensions = trigger.putArray("Dimensions");
      alarm
          .dimensions()
          .forEach(d -> dimensions.addObject().put("value", d.value()).put("name", d.name()));
      trigger.put("Period", alarm.period());
    }
    trigger.put("EvaluationPeriods", alarm.evaluationPeriods());
    trigger.put("DatapointsToAlarm", alarm.datapointsToAlarm());
    trigger.put("ComparisonOperator", alarm.comparisonOperatorAsString());
    trigger.put("Threshold", alarm.threshold());
    trigger.put(
        "TreatMissingData",
        alarm.treatMissingData() == null ? "missing" : alarm.treatMissingData());
    trigger.put("EvaluateLowSampleCountPercentile", "");
  }
}
