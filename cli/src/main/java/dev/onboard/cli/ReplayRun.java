package dev.onboard.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.DescribeReplayResponse;
import software.amazon.awssdk.services.eventbridge.model.ReplayState;

/** The replays that one command starts, one after the other. */
final class ReplayRun {
  /** More slices than this would leave too many replays behind in the list of them. */
  private static final int MOST_SLICES = 200;

  private final EventBridgeClient events;
  private final String busArn;
  private final String archiveArn;
  private final List<String> ruleArns;
  private final PrintWriter out;
  private final String name = "onboard-" + UUID.randomUUID().toString().substring(0, 8);
  private volatile @Nullable String running;

  ReplayRun(
      EventBridgeClient events,
      String bus,
      String archive,
      List<String> ruleArns,
      PrintWriter out) {
    this.events = events;
    this.busArn = events.describeEventBus(d -> d.name(bus)).arn();
    this.archiveArn = events.describeArchive(d -> d.archiveName(archive)).archiveArn();
    this.ruleArns = ruleArns;
    this.out = out;
  }

  /** Replays a span of time at once; answers the exit code. */
  int whole(Instant from, Instant to) {
    return cancellable(() -> {
      say("Replaying " + from + " to " + to + " as " + name + ".");
      return ended(one(name, from, to, true));
    });
  }

  /** Replays a span of time in slices; answers the exit code. */
  int paced(Instant from, Instant to, double times, Duration shortest) {
    Duration span = Duration.between(from, to);
    long seconds =
        Math.max(
            Math.max(shortest.toSeconds(), Math.round(times)),
            Math.ceilDiv(span.toSeconds(), MOST_SLICES));
    long slices = Math.ceilDiv(span.toSeconds(), seconds);
    return cancellable(() -> {
      say(
          String.format(
              Locale.ROOT,
              "Replaying %s to %s as %s-1 to -%d, %d s of it at a time, %s in all.",
              from,
              to,
              name,
              slices,
              seconds,
              words(scaled(span, times))));
      long begun = System.nanoTime();
      for (int slice = 0; slice < slices; slice++) {
        Instant start = from.plusSeconds(slice * seconds);
        Instant end = start.plusSeconds(seconds).isAfter(to) ? to : start.plusSeconds(seconds);
        waitFor(scaled(Duration.between(from, end), times), begun);
        DescribeReplayResponse done = one(name + "-" + (slice + 1), start, end, false);
        if (done.state() != ReplayState.COMPLETED) {
          return ended(done);
        }
        say(String.format(Locale.ROOT, "  %3d%%  %s", (slice + 1) * 100 / slices, end));
      }
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      say(
          String.format(
              Locale.ROOT,
              "Completed in %s, %.1f times as fast as it was.",
              words(took),
              span.toMillis() / (double) Math.max(1, took.toMillis())));
      return 0;
    });
  }

  private interface Work {
    int run();
  }

  /** Does something while Ctrl-C cancels the replay that runs. */
  private int cancellable(Work work) {
    var hook = new Thread(this::cancel, "cancel the replay");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.run();
    } finally {
      removeHook(hook);
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is going down, and the hook does its work.
    }
  }

  /** Cancels the replay that runs, if one does. */
  void cancel() {
    String current = running;
    if (current == null) {
      return;
    }
    try {
      events.cancelReplay(c -> c.replayName(current));
      say("Cancelled " + current + ".");
    } catch (SdkException e) {
      say("The replay " + current + " could not be cancelled: " + e.getMessage());
    }
  }

  private DescribeReplayResponse one(String replay, Instant from, Instant to, boolean telling) {
    events.startReplay(s ->
        s.replayName(replay)
            .eventSourceArn(archiveArn)
            .eventStartTime(from)
            .eventEndTime(to)
            .destination(d -> {
              d.arn(busArn);
              if (!ruleArns.isEmpty()) {
                d.filterArns(ruleArns);
              }
            }));
    running = replay;
    String told = "";
    while (true) {
      DescribeReplayResponse now = events.describeReplay(d -> d.replayName(replay));
      String progress =
          now.stateAsString()
              + (now.eventLastReplayedTime() == null
                  ? ""
                  : ", events up to " + now.eventLastReplayedTime());
      if (telling && !progress.equals(told)) {
        say("  " + progress);
        told = progress;
      }
      switch (now.state()) {
        case STARTING, RUNNING, CANCELLING -> Pause.of(Duration.ofMillis(telling ? 300 : 50));
        default -> {
          running = null;
          return now;
        }
      }
    }
  }

  private int ended(DescribeReplayResponse replay) {
    if (replay.state() == ReplayState.COMPLETED) {
      return 0;
    }
    throw new Failure(
        "the replay "
            + replay.replayName()
            + " ended as "
            + replay.stateAsString()
            + (replay.stateReason() == null ? "" : ": " + replay.stateReason()));
  }

  private static void waitFor(Duration since, long begun) {
    Duration left = since.minusNanos(System.nanoTime() - begun);
    if (left.isPositive()) {
      Pause.of(left);
    }
  }

  private static Duration scaled(Duration duration, double times) {
    return Duration.ofMillis(Math.round(duration.toMillis() / times));
  }

  private static String words(Duration duration) {
    return duration.toMinutes() >= 2
        ? duration.toMinutes() + " min"
        : String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }

  private synchronized void say(String text) {
    out.println(text);
    out.flush();
  }
}
