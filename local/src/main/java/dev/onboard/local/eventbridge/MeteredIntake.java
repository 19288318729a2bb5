package dev.onboard.local.eventbridge;

import dev.onboard.local.clock.LocalClock;
import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

/** PutEvents with its metrics. */
final class MeteredIntake {
  private final Intake intake;
  private final BusMetrics metrics;
  private final LocalClock clock;

  MeteredIntake(Intake intake, BusMetrics metrics, LocalClock clock) {
    this.intake = intake;
    this.metrics = metrics;
    this.clock = clock;
  }

  PutEventsResponse put(PutEventsRequest request) {
    Instant begun = clock.now();
    metrics.call("PutEventsApproximateCallCount", 1);
    PutEventsResponse response;
    try {
      response = intake.put(request);
    } catch (AwsServiceException e) {
      metrics.call("PutEventsApproximateFailedCount", 1);
      throw e;
    }
    metrics.call("PutEventsApproximateSuccessCount", 1);
    metrics.call("PutEventsEntriesCount", request.entries().size());
    if (response.failedEntryCount() > 0) {
      metrics.call("PutEventsFailedEntriesCount", response.failedEntryCount());
    }
    metrics.call("PutEventsLatency", Duration.between(begun, clock.now()).toMillis());
    metrics.call("PutEventsRequestSize", request.entries().stream().mapToLong(Intake::bytes).sum());
    return response;
  }
}
