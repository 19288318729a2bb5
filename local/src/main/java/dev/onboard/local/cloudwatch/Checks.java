package dev.onboard.local.cloudwatch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;

/** What CloudWatch refuses in requests, in its words. */
final class Checks {
  private static final int DATAPOINTS = 1_440;
  private static final Set<String> STATES = Set.of("OK", "ALARM", "INSUFFICIENT_DATA");
  private static final Set<String> MISSING_DATA =
      Set.of("breaching", "notBreaching", "ignore", "missing");

  private Checks() {}

  /** Refuses a member that this runtime cannot honour, if it is there. */
  static void refuse(String operation, String member, @Nullable Object value) {
    if (value != null && !Boolean.FALSE.equals(value)) {
      throw Errors.unsupported(operation, member);
    }
  }

  static void data(List<MetricDatum> data) {
    for (int i = 0; i < data.size(); i++) {
      MetricDatum datum = data.get(i);
      String path = "MetricData.member." + (i + 1) + ".";
      if (datum.metricName() == null || datum.metricName().isEmpty()) {
        throw Errors.missing(path + "MetricName");
      }
      if (datum.value() != null && datum.hasValues() && !datum.values().isEmpty()) {
        throw exclusive(path + "Value", path + "Values");
      }
      if (datum.value() != null && datum.statisticValues() != null) {
        throw exclusive(path + "Value", path + "StatisticValues");
      }
      if (datum.hasCounts() && datum.counts().size() != datum.values().size()) {
        throw Errors.invalid(
            "The parameters " + path + "Values and " + path + "Counts must be of the same size.");
      }
      if (datum.value() != null && !Double.isFinite(datum.value())) {
        throw Errors.invalid("The value NaN for parameter " + path + "Value is invalid.");
      }
    }
  }

  private static RuntimeException exclusive(String one, String other) {
    return Errors.combination(
        "The parameters "
            + one
            + " and "
            + other
            + " are mutually exclusive and you have specified both.");
  }

  static void range(@Nullable Instant from, @Nullable Instant to) {
    if (from == null) {
      throw Errors.missing("StartTime");
    }
    if (to == null) {
      throw Errors.missing("EndTime");
    }
    if (!from.isBefore(to)) {
      throw Errors.invalid("The parameter StartTime must be less than the parameter EndTime.");
    }
  }

  static void statistics(GetMetricStatisticsRequest request) {
    range(request.startTime(), request.endTime());
    if (request.period() == null || request.period() < 1) {
      throw Errors.missing("Period");
    }
    if (request.statistics().isEmpty()) {
      throw Errors.missing("Statistics");
    }
    long points =
        Duration.between(request.startTime(), request.endTime()).toSeconds() / request.period();
    if (points > DATAPOINTS) {
      throw Errors.combination(
          "You have requested up to "
              + points
              + " datapoints, which exceeds the limit of 1440. You may reduce the datapoints"
              + " requested by increasing Period, or decreasing the time range.");
    }
  }

  static void alarm(PutMetricAlarmRequest request) {
    if (request.alarmName() == null || request.alarmName().isEmpty()) {
      throw Errors.missing("AlarmName");
    }
    if (request.threshold() == null) {
      throw Errors.missing("Threshold");
    }
    if (request.evaluationPeriods() == null || request.evaluationPeriods() < 1) {
      throw Errors.missing("EvaluationPeriods");
    }
    if (request.comparisonOperator() == null) {
      throw Errors.missing("ComparisonOperator");
    }
    if (!request.comparisonOperatorAsString().endsWith("Threshold")
        || request.comparisonOperatorAsString().contains("LowerOr")
        || request.comparisonOperatorAsString().contains("LowerThreshold")
        || request.comparisonOperatorAsString().contains("UpperThreshold")) {
      throw Errors.unsupported(
          "PutMetricAlarm", "ComparisonOperator " + request.comparisonOperatorAsString());
    }
    if (request.treatMissingData() != null && !MISSING_DATA.contains(request.treatMissingData())) {
      throw Errors.validation(
          "The value "
              + request.treatMissingData()
              + " is not supported for TreatMissingData parameter. Supported values are [breaching,"
              + " notBreaching, ignore, missing].");
    }
    if (request.datapointsToAlarm() != null
        && request.datapointsToAlarm() > request.evaluationPeriods()) {
      throw Errors.validation("DatapointsToAlarm must be less than or equal to EvaluationPeriods.");
    }
    refuse(
        "PutMetricAlarm",
        "EvaluateLowSampleCountPercentile",
        request.evaluateLowSampleCountPercentile());
    metric(request);
  }

  private static void metric(PutMetricAlarmRequest request) {
    if (request.hasMetrics() && !request.metrics().isEmpty()) {
      if (request.metricName() != null) {
        throw exclusive("Metrics", "MetricName");
      }
      return;
    }
    if (request.metricName() == null) {
      throw Errors.missing("MetricName");
    }
    if (request.namespace() == null) {
      throw Errors.missing("Namespace");
    }
    if (request.statistic() == null) {
      throw Errors.missing("Statistic");
    }
    if (request.period() == null) {
      throw Errors.missing("Period");
    }
    if (request.period() < 60 || request.period() % 60 != 0) {
      throw Errors.unsupported("PutMetricAlarm", "a period of " + request.period() + " s");
    }
  }

  static void state(@Nullable String state) {
    if (state == null || !STATES.contains(state)) {
      throw Errors.validation(
          "1 validation error detected: Value '"
              + state
              + "' at 'stateValue' failed to satisfy constraint: Member must satisfy enum value"
              + " set: [INSUFFICIENT_DATA, ALARM, OK]");
    }
  }

  static void dashboardName(@Nullable String name) {
    if (name == null || !name.matches("[A-Za-z0-9_-]{1,255}")) {
      throw Errors.invalid(
          "The value for field DashboardName contains invalid characters. It can only contain"
              + " alphanumerics, dash (-) and underscore (_).\n");
    }
  }

  /** A page of a listing. */
  record Page(int from, int to, @Nullable String next) {}

  static Page page(@Nullable String token, int size, int all) {
    if (token != null && !token.matches("[0-9]{1,9}")) {
      throw Errors.invalid("Invalid nextToken.");
    }
    int from = token == null ? 0 : Math.min(all, Integer.parseInt(token));
    int to = Math.min(all, from + size);
    return new Page(from, to, to < all ? Integer.toString(to) : null);
  }
}
