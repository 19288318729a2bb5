package dev.onboard.local.metering;

import dev.onboard.local.call.Call;
import dev.onboard.local.call.Step;
import dev.onboard.local.usage.Meter;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * The step that counts what calls cost. What a call does not say (the size of items, the time that
 * a function takes, a copy on another bus) is counted by the service itself.
 */
public final class Metering implements Step {
  private static final Map<String, Tariff> TARIFFS =
      Map.of(
          "logs", new LogTariff(),
          "monitoring", new MetricTariff(),
          "s3", new ObjectTariff(),
          "sns", new TopicTariff(),
          "sqs", new QueueTariff());

  private final Meter meter;

  public Metering(Meter meter) {
    this.meter = meter;
  }

  @Override
  public Object pass(Call call, Next next) {
    Tariff tariff = TARIFFS.get(call.service());
    if (tariff == null) {
      return next.go(call);
    }
    Object response;
    try {
      response = next.go(call);
    } catch (AwsServiceException e) {
      tariff.count(call, null, meter);
      throw e;
    }
    tariff.count(call, response, meter);
    return response;
  }
}
