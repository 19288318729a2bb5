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
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.DeleteDashboardsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DeleteDashboardsResponse;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.DisableAlarmActionsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DisableAlarmActionsResponse;
import software.amazon.awssdk.services.cloudwatch.model.EnableAlarmActionsRequest;
import software.amazon.awssdk.services.cloudwatch.model.EnableAlarmActionsResponse;
import software.amazon.awssdk.services.cloudwatch.model.GetDashboardRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetDashboardResponse;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsResponse;
import software.amazon.awssdk.services.cloudwatch.model.ListDashboardsRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListDashboardsResponse;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsResponse;
import software.amazon.awssdk.services.cloudwatch.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.PutDashboardRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutDashboardResponse;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmResponse;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.SetAlarmStateRequest;
import software.amazon.awssdk.services.cloudwatch.model.SetAlarmStateResponse;
import software.amazon.awssdk.services.cloudwatch.model.Tag;
import software.amazon.awssdk.services.cloudwatch.model.TagResourceRequest;
import software.amazon.awssdk.services.cloudwatch.model.TagResourceResponse;
import software.amazon.awssdk.services.cloudwatch.model.UntagResourceRequest;
import software.amazon.awssdk.services.cloudwatch.model.UntagResourceResponse;

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
    this.alarms = new Alarms(env, queries);
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
    if (request.namespace() == null || request.namespace().isEmpty()) {
      throw Errors.missing("Namespace");
    }
    Checks.data(request.metricData());
    if (request.metricData().size() > MOST_DATA) {
      throw Errors.invalid(
          "The collection MetricData must not have a size greater than " + MOST_DATA + ".");
    }
    env.store()
        .write(tx -> {
          request.metricData().forEach(d -> metrics.put(request.namespace(), d));
          return null;
        });
    return PutMetricDataResponse.builder().build();
  }

  @Override
  public ListMetricsResponse listMetrics(ListMetricsRequest request) {
    Checks.refuse("ListMetrics", "RecentlyActive", request.recentlyActiveAsString());
    Checks.refuse("ListMetrics", "OwningAccount", request.owningAccount());
    Checks.refuse("ListMetrics", "IncludeLinkedAccounts", request.includeLinkedAccounts());
    List<Metric> found =
        metrics.list(request.namespace(), request.metricName()).stream()
            .filter(s ->
                request.dimensions().stream()
                    .allMatch(d ->
                        s.dimensions().containsKey(d.name())
                            && (d.value() == null
                                || d.value().equals(s.dimensions().get(d.name())))))
            .map(s ->
                Metric.builder()
                    .namespace(s.namespace())
                    .metricName(s.name())
                    .dimensions(
                        s.dimensions().entrySet().stream()
                            .map(e ->
                                Dimension.builder().name(e.getKey()).value(e.getValue()).build())
                            .toList())
                    .build())
            .toList();
    Checks.Page page = Checks.page(request.nextToken(), 500, found.size());
    return ListMetricsResponse.builder()
        .metrics(found.subList(page.from(), page.to()))
        .nextToken(page.next())
        .build();
  }

  @Override
  public GetMetricStatisticsResponse getMetricStatistics(GetMetricStatisticsRequest request) {
    if (request.hasExtendedStatistics()) {
      throw Errors.unsupported("GetMetricStatistics", "ExtendedStatistics");
    }
    Checks.statistics(request);
    Series series = Series.of(request.namespace(), request.metricName(), request.dimensions());
    var points = new ArrayList<Datapoint>();
    List<String> units =
        request.unitAsString() == null ? metrics.units(series) : List.of(request.unitAsString());
    for (String unit : units) {
      metrics
          .read(series, unit, request.startTime(), request.endTime(), request.period())
          .forEach((at, sample) -> points.add(point(request, at, unit, sample)));
    }
    return GetMetricStatisticsResponse.builder()
        .label(request.metricName())
        .datapoints(points)
        .build();
  }

  private static Datapoint point(
      GetMetricStatisticsRequest request, Instant at, String unit, Sample sample) {
    Datapoint.Builder point = Datapoint.builder().timestamp(at).unit(unit);
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
    return point.build();
  }

  @Override
  public GetMetricDataResponse getMetricData(GetMetricDataRequest request) {
    Checks.range(request.startTime(), request.endTime());
    Checks.refuse("GetMetricData", "NextToken", request.nextToken());
    Checks.refuse("GetMetricData", "MaxDatapoints", request.maxDatapoints());
    Checks.refuse("GetMetricData", "LabelOptions", request.labelOptions());
    Map<String, NavigableMap<Instant, Double>> values =
        queries.run(
            "GetMetricData", request.metricDataQueries(), request.startTime(), request.endTime());
    boolean ascending = "TimestampAscending".equals(request.scanByAsString());
    List<MetricDataResult> results =
        request.metricDataQueries().stream()
            .filter(q -> !Boolean.FALSE.equals(q.returnData()))
            .map(q -> {
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
    }
    Checks.alarm(request);
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
    Checks.refuse("DescribeAlarms", "ChildrenOfAlarmName", request.childrenOfAlarmName());
    Checks.refuse("DescribeAlarms", "ParentsOfAlarmName", request.parentsOfAlarmName());
    // There are no composite alarms here, so who asks for those alone gets none.
    boolean metric =
        request.alarmTypes().isEmpty() || request.alarmTypesAsStrings().contains("MetricAlarm");
    List<MetricAlarm> found =
        alarms.list().stream()
            .filter(
                a -> request.alarmNames().isEmpty() || request.alarmNames().contains(a.alarmName()))
            .filter(a ->
                request.alarmNamePrefix() == null
                    || a.alarmName().startsWith(request.alarmNamePrefix()))
            .filter(a ->
                request.stateValueAsString() == null
                    || Objects.equals(a.stateValueAsString(), request.stateValueAsString()))
            .filter(a ->
                request.actionPrefix() == null
                    || Alarms.allActions(a).stream()
                        .anyMatch(x -> x.startsWith(request.actionPrefix())))
            .toList();
    int size = request.maxRecords() == null ? 50 : request.maxRecords();
    Checks.Page page = Checks.page(request.nextToken(), size, found.size());
    return DescribeAlarmsResponse.builder()
        .metricAlarms(metric ? found.subList(page.from(), page.to()) : List.of())
        .compositeAlarms(List.of())
        .nextToken(page.next())
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
    Checks.state(request.stateValueAsString());
    Checks.refuse("SetAlarmState", "StateReasonData", request.stateReasonData());
    alarms.change(alarm(request.alarmName()), request.stateValueAsString(), request.stateReason());
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
        .read(tx ->
            tx.first("SELECT tags FROM cloudwatch_alarm WHERE name = ?", r -> r.string(1), name))
        .orElseThrow(() -> Errors.notFound("The resource " + arn + " does not exist."));
  }

  private void putTags(String arn, List<Tag> tags) {
    String name = arn.substring(arn.indexOf(":alarm:") + 7);
    env.store()
        .write(tx ->
            tx.update(
                "UPDATE cloudwatch_alarm SET tags = ? WHERE name = ?",
                SdkJson.write(TagResourceRequest.builder().tags(tags).build()),
                name));
  }

  @Override
  public PutDashboardResponse putDashboard(PutDashboardRequest request) {
    Checks.dashboardName(request.dashboardName());
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
