package dev.onboard.local.metering;

import dev.onboard.local.call.Call;
import dev.onboard.local.usage.Meter;
import dev.onboard.local.usage.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * S3: requests in two classes by what they do; deleting and giving up are free. A request that
 * finds nothing is a request.
 *
 * @see <a href="https://aws.amazon.com/s3/pricing/">S3 pricing, "Requests and data retrievals"</a>
 */
final class ObjectTariff implements Tariff {
  private static final List<String> FREE = List.of("Delete", "Abort");

  private static final List<String> TIER_1 =
      List.of("Put", "Copy", "Create", "Upload", "Complete", "List");

  @Override
  public void count(Call call, @Nullable Object response, Meter meter) {
    String operation = call.operation();
    if (FREE.stream().anyMatch(operation::startsWith)) {
      return;
    }
    boolean first = TIER_1.stream().anyMatch(operation::startsWith);
    meter.add(
        first ? Usage.TIER_1_REQUESTS : Usage.TIER_2_REQUESTS,
        call.request().getValueForField("Bucket", String.class).orElse(""),
        1);
  }
}
