package dev.onboard.local.metering;

import dev.onboard.local.call.Call;
import dev.onboard.local.call.Principal;
import dev.onboard.local.usage.Meter;
import dev.onboard.local.usage.Usage;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;

/**
 * CloudWatch: the requests that put and read metrics; GetMetricData costs by the metrics that it
 * reads. What services of AWS put is free.
 *
 * @see <a href="https://aws.amazon.com/cloudwatch/pricing/">CloudWatch pricing, "APIs"</a>
 */
final class MetricTariff implements Tariff {
  private static final Set<String> REQUESTS =
      Set.of("PutMetricData", "ListMetrics", "GetMetricStatistics", "PutDashboard", "GetDashboard");

  @Override
  public void count(Call call, @Nullable Object response, Meter meter) {
    if (call.caller() instanceof Principal.Service) {
      return;
    }
    if (call.request() instanceof GetMetricDataRequest get) {
      long metrics = get.metricDataQueries().stream().filter(q -> q.metricStat() != null).count();
      meter.add(Usage.METRICS_READ, "", metrics);
    } else if (REQUESTS.contains(call.operation())) {
      meter.add(Usage.METRIC_REQUESTS, "", 1);
    }
  }
}
