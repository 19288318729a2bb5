package dev.onboard.local.cloudwatch;

import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Resumable;
import dev.onboard.local.wire.SdkJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.*;

/** CloudWatch. Statistics are the basic ones; percentiles and most of metric math are refused. */
public final class LocalCloudWatch implements CloudWatchClient, Resumable {
  private static final int MOST_DATA = 1000;

  private final Environment env;
  private final Metrics metrics;
  private final Queries queries;
  private final Alarms alarms;
  private final Dashboards dashboards;

  public LocalCloudWatch(Environment env) {
    this.env = env;
    env.store().migrate("cloudwatch", Metrics.TABLES);
    this.metrics = new Metrics(env);
    this.queries = new Queries(metrics);
    this.alarms = new Alarms(env, queries, new QueueMetrics(env, metrics));
    this.dashboards = new Dashboards(env);
  }

  @Override
  public void resume() {
    alarms.resume();
  }

  @Override
  public String serviceName() {
    return "monitoring";
  }

  @Override
  public void close() {}

  @Override
  public PutMetricDataResponse putMetricData(PutMetricDataRequest request) {
    if (request.hasEntityMetricData()) {
      throw Errors.unsupported("PutMetricData", "EntityMetricData");
    }
    if (request.metricData().size() > MOST_DATA) {
      throw Errors.invalid(
          "The collection MetricData must not have a size greater than " + MOST_DATA + ".");
    }
    env.store()
        .write(
            tx -> {
              request.metricData().forEach(d -> metrics.put(request.namespace(), d));
              return null;
            });
    return PutMetricDataResponse.builder().build();
  }

  @Override
  public ListMetricsResponse listMetrics(ListMetricsRequest request) {
    List<Metric> found =
        metrics.list(request.namespace(), request.metricName()).stream()
            .filter(
                s ->
                    request.dimensions().stream()
                        .allMatch(
                            d ->
                                s.dimensions().containsKey(d.name())
                                    && (d.value() == null
                                        || d.value().equals(s.dimensions().get(d.name())))))
            .map(
                s ->
                    Metric.builder()
                        .namespace(s.namespace())
                        .metricName(s.name())
                        .dimensions(
                            s.dimensions().entrySet().stream()
                                .map(
                                    e ->
                                        Dimension.builder()
                                            .name(e.getKey())
                                            .value(e.getValue())
                                            .build())
                                .toList())
                        .build())
            .toList();
    return ListMetricsResponse.builder().metrics(found).build();
  }

  @Override
  public GetMetricStatisticsResponse getMetricStatistics(GetMetricStatisticsRequest request) {
    if (request.hasExtendedStatistics()) {
      throw Errors.unsupported("GetMetricStatistics", "ExtendedStatistics");
    }
    Series series =
        Series.of(request.namespace(), request.metricName(), request.dimensions());
    var points = new ArrayList<Datapoint>();
    metrics
        .read(
            series,
            request.unitAsString(),
            request.startTime(),
            request.endTime(),
            request.period())
        .forEach(
            (at, sample) -> {
              Datapoint.Builder point =
                  Datapoint.builder()
                      .timestamp(at)
                      .unit(request.unitAsString() == null ? "None" : request.unitAsString());
              for (String statistic : request.statisticsAsStrings()) {
                double value = Queries.statistic("GetMetricStatistics", sample, statistic);
                switch (statistic) {
                  case "SampleCount" -> point.sampleCount(value);
                  case "Sum" -> point.sum(value);
                  case "Average" -> point.average(value);
                  case "Minimum" -> point.minimum(value);
                  default -> point.maximum(value);
                }
              }
              points.add(point.build());
            });
    return GetMetricStatisticsResponse.builder()
        .label(request.metricName())
        .datapoints(points)
        .build();
  }

  @Override
  public GetMetricDataResponse getMetricData(GetMetricDataRequest request) {
    Map<String, NavigableMap<Instant, Double>> values =
        queries.run(
            "GetMetricData", request.metricDataQueries(), request.startTime(), request.endTime());
    boolean ascending = "TimestampAscending".equals(request.scanByAsString());
    List<MetricDataResult> results =
        request.metricDataQueries().stream()
            .filter(q -> !Boolean.FALSE.equals(q.returnData()))
            .map(
                q -> {
                  NavigableMap<Instant, Double> own = values.get(q.id());
                  NavigableMap<Instant, Double> ordered = ascending ? own : own.descendingMap();
                  return MetricDataResult.builder()
                      .id(q.id())
                      .label(label(q))
                      .timestamps(ordered.keySet())
                      .values(ordered.values())
                      .statusCode("Complete")
                      .build();
                })
            .toList();
    return GetMetricDataResponse.builder().metricDataResults(results).build();
  }

  private static String label(MetricDataQuery query) {
    if (query.label() != null) {
      return query.label();
    }
    return query.metricStat() == null ? query.id() : query.metricStat().metric().metricName();
  }

  @Override
  public PutMetricAlarmResponse putMetricAlarm(PutMetricAlarmRequest request) {
    if (request.extendedStatistic() != null) {
      throw Errors.unsupported("PutMetricAlarm", "ExtendedStatistic");
    } else if (request.thresholdMetricId() != null) {
      throw Errors.unsupported("PutMetricAlarm", "ThresholdMetricId");
    } else if (request.threshold() == null) {
      throw Errors.invalid("The parameter Threshold is required.");
    }
    Instant now = env.clock().now();
    MetricAlarm before = alarms.find(request.alarmName()).orElse(null);
    MetricAlarm.Builder alarm =
        SdkJson.as(MetricAlarm.class, request).toBuilder()
            .alarmArn(env.arn("cloudwatch", "alarm:" + request.alarmName()))
            .actionsEnabled(request.actionsEnabled() == null || request.actionsEnabled())
            .alarmConfigurationUpdatedTimestamp(now);
    if (before == null) {
      alarm
          .stateValue("INSUFFICIENT_DATA")
          .stateReason("Unchecked: Initial alarm creation")
          .stateUpdatedTimestamp(now)
          .stateTransitionedTimestamp(now);
    } else {
      alarm
          .stateValue(before.stateValueAsString())
          .stateReason(before.stateReason())
          .stateUpdatedTimestamp(before.stateUpdatedTimestamp())
          .stateTransitionedTimestamp(before.stateTransitionedTimestamp());
    }
    MetricAlarm complete = alarm.build();
    for (String action : Alarms.allActions(complete)) {
      if (!action.startsWith("arn:aws:sns:")) {
        throw Errors.unsupported("PutMetricAlarm", "the action " + action);
      }
    }
    for (MetricDataQuery query : complete.metrics()) {
      if (query.expression() != null) {
        Expression.parse("PutMetricAlarm", query.expression(), List.of());
      }
    }
    alarms.put(complete, SdkJson.write(TagResourceRequest.builder().tags(request.tags()).build()));
    return PutMetricAlarmResponse.builder().build();
  }

  @Override
  public DescribeAlarmsResponse describeAlarms(DescribeAlarmsRequest request) {
    List<MetricAlarm> found =
        alarms.list().stream()
            .filter(
                a -> request.alarmNames().isEmpty() || request.alarmNames().contains(a.alarmName()))
            .filter(
                a ->
                    request.alarmNamePrefix() == null
                        || a.alarmName().startsWith(request.alarmNamePrefix()))
            .filter(
                a ->
                    request.stateValueAsString() == null
                        || Objects.equals(a.stateValueAsString(), request.stateValueAsString()))
            .filter(
                a ->
                    request.actionPrefix() == null
                        || Alarms.allActions(a).stream()
                            .anyMatch(x -> x.startsWith(request.actionPrefix())))
            .toList();
    int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
    int size = request.maxRecords() == null ? 50 : request.maxRecords();
    int to = Math.min(found.size(), from + size);
    return DescribeAlarmsResponse.builder()
        .metricAlarms(found.subList(from, to))
        .compositeAlarms(List.of())
        .nextToken(to < found.size() ? Integer.toString(to) : null)
        .build();
  }

  @Override
  public DeleteAlarmsResponse deleteAlarms(DeleteAlarmsRequest request) {
    request.alarmNames().forEach(this::alarm);
    request.alarmNames().forEach(alarms::delete);
    return DeleteAlarmsResponse.builder().build();
  }

  @Override
  public SetAlarmStateResponse setAlarmState(SetAlarmStateRequest request) {
    alarms.change(
        alarm(request.alarmName()), request.stateValueAsString(), request.stateReason());
    return SetAlarmStateResponse.builder().build();
  }

  @Override
  public EnableAlarmActionsResponse enableAlarmActions(EnableAlarmActionsRequest request) {
    request
        .alarmNames()
        .forEach(n -> alarms.put(alarm(n).toBuilder().actionsEnabled(true).build(), null));
    return EnableAlarmActionsResponse.builder().build();
  }

  @Override
  public DisableAlarmActionsResponse disableAlarmActions(DisableAlarmActionsRequest request) {
    request
        .alarmNames()
        .forEach(n -> alarms.put(alarm(n).toBuilder().actionsEnabled(false).build(), null));
    return DisableAlarmActionsResponse.builder().build();
  }

  private MetricAlarm alarm(String name) {
    return alarms
        .find(name)
        .orElseThrow(() -> Errors.notFound("The alarm " + name + " does not exist."));
  }

  @Override
  public TagResourceResponse tagResource(TagResourceRequest request) {
    var tags = new ArrayList<>(tags(request.resourceARN()));
    tags.removeIf(t -> request.tags().stream().anyMatch(n -> n.key().equals(t.key())));
    tags.addAll(request.tags());
    putTags(request.resourceARN(), tags);
    return TagResourceResponse.builder().build();
  }

  @Override
  public UntagResourceResponse untagResource(UntagResourceRequest request) {
    var tags = new ArrayList<>(tags(request.resourceARN()));
    tags.removeIf(t -> request.tagKeys().contains(t.key()));
    putTags(request.resourceARN(), tags);
    return UntagResourceResponse.builder().build();
  }

  @Override
  public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    return ListTagsForResourceResponse.builder().tags(tags(request.resourceARN())).build();
  }

  private List<Tag> tags(String arn) {
    return SdkJson.read(TagResourceRequest.class, tagText(arn)).tags();
  }

  private String tagText(String arn) {
    String name = arn.substring(arn.indexOf(":alarm:") + 7);
    return env.store()
        .read(
            tx ->
                tx.first("SELECT tags FROM cloudwatch_alarm WHERE name = ?", r -> r.string(1), name))
        .orElseThrow(() -> Errors.notFound("The resource " + arn + " does not exist."));
  }

  private void putTags(String arn, List<Tag> tags) {
    String name = arn.substring(arn.indexOf(":alarm:") + 7);
    env.store()
        .write(
            tx ->
                tx.update(
                    "UPDATE cloudwatch_alarm SET tags = ? WHERE name = ?",
                    SdkJson.write(TagResourceRequest.builder().tags(tags).build()),
                    name));
  }

  @Override
  public PutDashboardResponse putDashboard(PutDashboardRequest request) {
    dashboards.put(request.dashboardName(), request.dashboardBody());
    return PutDashboardResponse.builder().build();
  }

  @Override
  public GetDashboardResponse getDashboard(GetDashboardRequest request) {
    return dashboards.get(request.dashboardName());
  }

  @Override
  public ListDashboardsResponse listDashboards(ListDashboardsRequest request) {
    return ListDashboardsResponse.builder()
        .dashboardEntries(dashboards.list(request.dashboardNamePrefix()))
        .build();
  }

  @Override
  public DeleteDashboardsResponse deleteDashboards(DeleteDashboardsRequest request) {
    request.dashboardNames().forEach(dashboards::get);
    request.dashboardNames().forEach(dashboards::delete);
    return DeleteDashboardsResponse.builder().build();
  }
}
