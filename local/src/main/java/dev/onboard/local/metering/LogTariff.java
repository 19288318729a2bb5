package dev.onboard.local.metering;

import dev.onboard.local.call.Call;
import dev.onboard.local.usage.Chunks;
import dev.onboard.local.usage.Meter;
import dev.onboard.local.usage.Usage;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsRequest;

/**
 * CloudWatch Logs: the bytes that are put into log groups, whoever puts them; logs of functions and
 * of buses cost the same.
 *
 * @see <a href="https://aws.amazon.com/cloudwatch/pricing/">CloudWatch pricing, "Logs"</a>
 */
final class LogTariff implements Tariff {
  @Override
  public void count(Call call, @Nullable Object response, Meter meter) {
    if (response != null && call.request() instanceof PutLogEventsRequest put) {
      long bytes = put.logEvents().stream().mapToLong(e -> Chunks.bytes(e.message())).sum();
      meter.add(Usage.LOGGED_BYTES, put.logGroupName(), Chunks.gigabytes(bytes));
    }
  }
}
