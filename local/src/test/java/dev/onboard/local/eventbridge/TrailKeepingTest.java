package dev.onboard.local.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.local.Rooms;
import dev.onboard.local.call.AwsErrors;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

class TrailKeepingTest {
  private static final int KEPT = 500;

  @TempDir Path folder;

  @Test
  void oldEvents_go_butNotOnesWithADeliveryToCome() {
    try (Rooms rooms = open()) {
      var events = rooms.client(EventBridgeClient.class);
      events.putRule(r -> r.name("r").eventPattern("{\"source\":[\"a\"]}"));
      events.putTargets(r -> r.rule("r").targets(BusTest.queue("q")));
      rooms.faults.inject(
          "sqs",
          "SendMessage",
          1,
          c -> true,
          AwsErrors.error(AwsServiceException.builder(), 503, "Unavailable", "not now"));
      String waiting =
          events
              .putEvents(r -> r.entries(BusTest.entry("default", "a", "{}")))
              .entries()
              .getFirst()
              .eventId();
      put(events, 3000);

      var trail = new BusTrail(rooms.store);
      assertThat(trail.find(waiting)).isPresent();
      assertThat(trail.recent(null, null, 10_000)).hasSizeBetween(KEPT, KEPT + 1001);
      rooms.clock.advance(Duration.ofSeconds(2));
      assertThat(trail.find(waiting)).isEmpty();
      assertThat(Receivers.of(rooms.store, "q")).hasSize(1);
      long orphans =
          rooms.store.read(tx ->
              tx.number(
                  "SELECT count(*) FROM events_delivery WHERE event NOT IN"
                      + " (SELECT seq FROM events_event)"));
      assertThat(orphans).isZero();
    }
  }

  @Test
  void eventsOfLastWeek_go() {
    try (Rooms rooms = open()) {
      var events = rooms.client(EventBridgeClient.class);
      put(events, 300);
      rooms.clock.advance(Limits.TRAIL_AGE.plusSeconds(1));
      put(events, 1000);
      assertThat(new BusTrail(rooms.store).recent(null, null, 10_000))
          .hasSizeLessThanOrEqualTo(1000)
          .allSatisfy(e -> assertThat(e.accepted()).isEqualTo(rooms.clock.now()));
    }
  }

  private static void put(EventBridgeClient events, int count) {
    var ten = Collections.nCopies(10, BusTest.entry("default", "b", "{}"));
    for (int i = 0; i < count / 10; i++) {
      events.putEvents(r -> r.entries(ten));
    }
  }

  private Rooms open() {
    return Rooms.open(
        folder,
        env -> {
          var all = new ArrayList<SdkClient>(new Receivers(env).all());
          all.add(new LocalEventBridge(env, Quotas.DEFAULT, KEPT));
          return all;
        });
  }
}
