package dev.onboard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.CancelReplayRequest;
import software.amazon.awssdk.services.eventbridge.model.CancelReplayResponse;
import software.amazon.awssdk.services.eventbridge.model.DescribeArchiveRequest;
import software.amazon.awssdk.services.eventbridge.model.DescribeArchiveResponse;
import software.amazon.awssdk.services.eventbridge.model.DescribeEventBusRequest;
import software.amazon.awssdk.services.eventbridge.model.DescribeEventBusResponse;
import software.amazon.awssdk.services.eventbridge.model.DescribeReplayRequest;
import software.amazon.awssdk.services.eventbridge.model.DescribeReplayResponse;
import software.amazon.awssdk.services.eventbridge.model.ReplayState;
import software.amazon.awssdk.services.eventbridge.model.StartReplayRequest;
import software.amazon.awssdk.services.eventbridge.model.StartReplayResponse;

/** Replays of a service that takes its time, as AWS's does. */
class ReplayRunTest {
  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");

  private final SlowReplays events = new SlowReplays();
  private final StringWriter out = new StringWriter();
  private final ReplayRun run =
      new ReplayRun(events, "bus", "archive", List.of(), new PrintWriter(out));

  @Test
  void cancelledReplay_isCancelledThereAndFails() {
    events.whenRunning = run::cancel;
    assertThatThrownBy(() -> run.whole(FROM, FROM.plusSeconds(60)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("ended as CANCELLED");
    assertThat(events.cancelled).hasSize(1);
    assertThat(out.toString()).contains("RUNNING", "Cancelled onboard-");
  }

  @Test
  void cancelWithoutReplay_doesNothing() {
    run.cancel();
    assertThat(events.cancelled).isEmpty();
  }

  @Test
  void slices_coverTheSpanWithoutGapsOrOverlap() {
    events.whenRunning = () -> events.state = ReplayState.COMPLETED;
    Instant to = FROM.plus(Duration.ofHours(3)).plusSeconds(7);
    assertThat(run.paced(FROM, to, 100_000, Duration.ofSeconds(60))).isZero();
    assertThat(events.started).hasSizeBetween(1, 200);
    assertThat(events.started.getFirst().eventStartTime()).isEqualTo(FROM);
    assertThat(events.started.getLast().eventEndTime()).isEqualTo(to);
    for (int i = 1; i < events.started.size(); i++) {
      assertThat(events.started.get(i).eventStartTime())
          .isEqualTo(events.started.get(i - 1).eventEndTime());
    }
    assertThat(events.started).extracting(StartReplayRequest::replayName).doesNotHaveDuplicates();
  }

  @Test
  void slowSpeed_makesManySlicesButNotTooMany() {
    events.whenRunning = () -> events.state = ReplayState.COMPLETED;
    run.paced(FROM, FROM.plusSeconds(400), 4_000, Duration.ofSeconds(1));
    assertThat(events.started).hasSize(1);
    events.started.clear();
    run.paced(FROM, FROM.plusSeconds(100_000), 100_000 / 0.2, Duration.ofSeconds(500));
    assertThat(events.started).hasSizeLessThanOrEqualTo(200);
  }

  /** Replays that run until something is done about them. */
  private static final class SlowReplays implements EventBridgeClient {
    final List<StartReplayRequest> started = new ArrayList<>();
    final List<String> cancelled = new ArrayList<>();
    ReplayState state = ReplayState.STARTING;
    Runnable whenRunning = () -> {};

    @Override
    public DescribeEventBusResponse describeEventBus(DescribeEventBusRequest request) {
      return DescribeEventBusResponse.builder().arn("arn:bus").build();
    }

    @Override
    public DescribeArchiveResponse describeArchive(DescribeArchiveRequest request) {
      return DescribeArchiveResponse.builder().archiveArn("arn:archive").build();
    }

    @Override
    public StartReplayResponse startReplay(StartReplayRequest request) {
      started.add(request);
      state = ReplayState.RUNNING;
      return StartReplayResponse.builder().build();
    }

    @Override
    public DescribeReplayResponse describeReplay(DescribeReplayRequest request) {
      ReplayState now = state;
      if (now == ReplayState.RUNNING) {
        whenRunning.run();
      }
      return DescribeReplayResponse.builder().replayName(request.replayName()).state(now).build();
    }

    @Override
    public CancelReplayResponse cancelReplay(CancelReplayRequest request) {
      cancelled.add(request.replayName());
      state = ReplayState.CANCELLED;
      return CancelReplayResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "events";
    }

    @Override
    public void close() {}
  }
}
