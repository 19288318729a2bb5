package dev.onboard.local.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.local.Rooms;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.model.Archive;
import software.amazon.awssdk.services.eventbridge.model.CancelReplayResponse;
import software.amazon.awssdk.services.eventbridge.model.ReplayState;

class ArchiveTest extends BusTest {
  private static final String ARN = "arn:aws:events:us-east-1:000000000000:archive/keep";

  @Test
  void archive_keepsTheEventsThatItsPatternMatches() {
    archive("{\"source\":[\"a\"]}", 0);
    put("a", "{}");
    put("b", "{}");
    put("a", "{\"n\":1}");
    var archive = events.describeArchive(r -> r.archiveName("keep"));
    assertThat(archive.eventCount()).isEqualTo(2);
    assertThat(archive.sizeBytes()).isPositive();
    assertThat(archive.archiveArn()).isEqualTo(ARN);
    assertThat(archive.eventSourceArn()).isEqualTo(busArn("default"));
    assertThat(events.listArchives(r -> r.namePrefix("ke")).archives())
        .extracting(Archive::archiveName)
        .containsExactly("keep");
    events.updateArchive(r -> r.archiveName("keep").eventPattern("{\"source\":[\"b\"]}"));
    put("a", "{}");
    put("b", "{}");
    assertThat(events.describeArchive(r -> r.archiveName("keep")).eventCount()).isEqualTo(3);
    events.deleteArchive(r -> r.archiveName("keep"));
    assertRefused(
        () -> events.describeArchive(r -> r.archiveName("keep")),
        "ResourceNotFoundException",
        "Archive keep does not exist.");
  }

  @Test
  void retention_letsEventsGo_alsoAfterARestart() {
    archive(null, 2);
    put("a", "{}");
    rooms.clock.advance(Duration.ofDays(1));
    put("a", "{}");
    assertThat(count()).isEqualTo(2);
    rooms.clock.advance(Duration.ofDays(1));
    assertThat(count()).isEqualTo(1);
    rooms.clock.advance(Duration.ofDays(1));
    assertThat(count()).isZero();
    assertThat(events.describeArchive(r -> r.archiveName("keep")).sizeBytes()).isZero();
    put("a", "{}");
    restart();
    rooms.clock.advance(Duration.ofDays(6));
    assertThat(count()).isZero();
  }

  @Test
  void replay_sendsTheEventsOfItsWindow_underItsName_andArchivesThemNotAgain() {
    archive(null, 0);
    rule("r", "{\"source\":[\"a\"]}", queue("q"));
    rule("other", "{\"source\":[\"a\"]}", queue("z"));
    put("a", "{\"n\":0}");
    rooms.clock.advance(Duration.ofMinutes(1));
    String id = put("a", "{\"n\":1}");
    rooms.clock.advance(Duration.ofMinutes(1));
    put("a", "{\"n\":2}");
    var started =
        events.startReplay(r ->
            r.replayName("again")
                .eventSourceArn(ARN)
                .eventStartTime(Rooms.START.plusSeconds(60))
                .eventEndTime(Rooms.START.plusSeconds(120))
                .destination(d ->
                    d.arn(busArn("default"))
                        .filterArns("arn:aws:events:us-east-1:000000000000:rule/r")));
    assertThat(started.state()).isEqualTo(ReplayState.STARTING);
    rooms.clock.advance(Duration.ofSeconds(1));

    var replay = events.describeReplay(r -> r.replayName("again"));
    assertThat(replay.state()).isEqualTo(ReplayState.COMPLETED);
    assertThat(replay.eventLastReplayedTime()).isEqualTo(Rooms.START.plusSeconds(60));
    assertThat(bodies("z")).hasSize(3);
    assertThat(bodies("q")).hasSize(4);
    assertThat(bodies("q").get(3))
        .contains("\"id\":\"" + id + "\"")
        .contains("\"region\":\"us-east-1\",\"replay-name\":\"again\",\"resources\":[]")
        .contains("\"time\":\"2026-01-01T00:01:00Z\"");
    assertThat(count()).isEqualTo(3);
  }

  @Test
  void largeReplay_endsOnce_alsoWhenTheRuntimeIsRestarted() {
    archive(null, 0);
    rule("r", "{\"replay-name\":[{\"exists\":true}]}", queue("q"));
    for (int i = 0; i < 50; i++) {
      events.putEvents(r ->
          r.entries(IntStream.range(0, 10).mapToObj(n -> entry("default", "a", "{}")).toList()));
    }
    replay(Rooms.START, Rooms.START.plusSeconds(1));
    restart();
    rooms.clock.advance(Duration.ofSeconds(1));
    assertThat(events.describeReplay(r -> r.replayName("again")).state())
        .isEqualTo(ReplayState.COMPLETED);
    assertThat(bodies("q")).hasSize(500).doesNotHaveDuplicates();
  }

  @Test
  void replayThatIsCancelled_sendsNoMore() {
    archive(null, 0);
    rule("r", "{\"replay-name\":[{\"exists\":true}]}", queue("q"));
    events.putEvents(r -> r.entries(entry("default", "a", "{}")));
    // A replay begins once it is durable, so in one write it is cancelled before its first event.
    CancelReplayResponse cancelled =
        rooms.store.write(tx -> {
          replay(Rooms.START, Rooms.START.plusSeconds(1));
          return events.cancelReplay(r -> r.replayName("again"));
        });
    assertThat(cancelled.state()).isEqualTo(ReplayState.CANCELLING);
    rooms.clock.advance(Duration.ofSeconds(1));
    assertThat(events.describeReplay(r -> r.replayName("again")).state())
        .isEqualTo(ReplayState.CANCELLED);
    assertThat(bodies("q")).isEmpty();
    assertRefused(
        () -> events.cancelReplay(r -> r.replayName("again")),
        "IllegalStatusException",
        "Replay again is not in a valid state for this operation: CANCELLED.");
  }

  @Test
  void replays_areRefusedLikeOnAws() {
    archive(null, 0);
    events.createEventBus(r -> r.name("other"));
    assertRefused(
        () -> replay(Rooms.START, Rooms.START),
        "ValidationException",
        "Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.");
    replay(Rooms.START, Rooms.START.plusSeconds(1));
    assertRefused(
        () -> replay(Rooms.START, Rooms.START.plusSeconds(1)),
        "ResourceAlreadyExistsException",
        "Replay again already exists.");
    assertRefused(
        () ->
            events.startReplay(r ->
                r.replayName("x")
                    .eventSourceArn(ARN)
                    .eventStartTime(Rooms.START)
                    .eventEndTime(Rooms.START.plusSeconds(1))
                    .destination(d -> d.arn(busArn("other")))),
        "ValidationException",
        "Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not"
            + " permitted.");
    assertRefused(
        () -> events.describeReplay(r -> r.replayName("absent")),
        "ResourceNotFoundException",
        "Replay absent does not exist.");
  }

  private void archive(String pattern, int days) {
    events.createArchive(r ->
        r.archiveName("keep")
            .eventSourceArn(busArn("default"))
            .eventPattern(pattern)
            .retentionDays(days));
  }

  private void replay(Instant from, Instant to) {
    events.startReplay(r ->
        r.replayName("again")
            .eventSourceArn(ARN)
            .eventStartTime(from)
            .eventEndTime(to)
            .destination(d -> d.arn(busArn("default"))));
  }

  private long count() {
    return events.describeArchive(r -> r.archiveName("keep")).eventCount();
  }
}
