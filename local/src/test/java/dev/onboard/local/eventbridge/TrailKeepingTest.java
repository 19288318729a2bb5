package dev.onboard.local.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.local.Rooms;
import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

class TrailKeepingTest {
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

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
      assertThat(unneededTexts(rooms)).isZero();
    }
  }

  @Test
  void eventsWithAText_areFoundNewestFirst_butNotThoseThatTheTrailForgot() {
    try (Rooms rooms = open()) {
      var events = rooms.client(EventBridgeClient.class);
      String bus = "arn:aws:events:us-east-1:000000000000:event-bus/default";
      events.createEventBus(r -> r.name("other"));
      events.createArchive(r -> r.archiveName("keep").eventSourceArn(bus));
      String forgotten = put(events, "default", "{\"who\":\"Zoë\"}");
      put(events, 3000);
      String alone = put(events, "default", "{\"who\":\"Zoë\"}");
      List<String> packed =
          events
              .putEvents(r ->
                  r.entries(
                      IntStream.range(0, 10)
                          .mapToObj(i ->
                              BusTest.entry(
                                  i == 9 ? "other" : "default",
                                  "a",
                                  "{\"who\":\""
                                      + (i % 4 == 1 ? "Zoë" : "Zoe")
                                      + "\",\"x\":\""
                                      + "x".repeat(1000)
                                      + "\"}"))
                          .toList()))
              .entries()
              .stream()
              .map(e -> e.eventId())
              .toList();
      var trail = new BusTrail(rooms.store);
      assertThat(found(trail, "Zoë", null, Long.MAX_VALUE, 10))
          .containsExactly(packed.get(9), packed.get(5), packed.get(1), alone)
          .doesNotContain(forgotten);
      assertThat(found(trail, "Zoë", "default", Long.MAX_VALUE, 2))
          .containsExactly(packed.get(5), packed.get(1));
      long last = trail.find(packed.get(1)).orElseThrow().number();
      assertThat(found(trail, "Zoë", "default", last, 2)).containsExactly(alone);
      assertThat(found(trail, "Zoé", null, Long.MAX_VALUE, 2)).isEmpty();
      Instant first = trail.find(alone).orElseThrow().accepted();
      assertThat(trail.search(search("Zoë", first, LAST), 10)).hasSize(4);
      assertThat(trail.search(search("Zoë", LAST, LAST), 10)).isEmpty();
      assertThat(trail.search(search("Zoë", Instant.EPOCH, first.minusMillis(1)), 10)).isEmpty();
    }
  }

  private static List<String> found(
      BusTrail trail, String text, String bus, long before, int limit) {
    return trail.search(new BusTrail.Search(bus, before, Instant.EPOCH, LAST, text), limit).stream()
        .map(BusTrail.Accepted::id)
        .toList();
  }

  private static BusTrail.Search search(String text, Instant since, Instant until) {
    return new BusTrail.Search(null, Long.MAX_VALUE, since, until, text);
  }

  private static String put(EventBridgeClient events, String bus, String detail) {
    return events
        .putEvents(r -> r.entries(BusTest.entry(bus, "a", detail)))
        .entries()
        .getFirst()
        .eventId();
  }

  @Test
  void archivedEvents_outliveTheTrail() {
    try (Rooms rooms = open()) {
      var events = rooms.client(EventBridgeClient.class);
      String bus = "arn:aws:events:us-east-1:000000000000:event-bus/default";
      events.createArchive(
          r -> r.archiveName("keep").eventSourceArn(bus).eventPattern("{\"source\":[\"a\"]}"));
      events.putRule(r -> r.name("r").eventPattern("{\"source\":[\"a\"]}"));
      events.putEvents(r ->
          r.entries(
              BusTest.entry("default", "a", "{\"n\":1}"),
              BusTest.entry("default", "b", "{\"n\":2}"),
              BusTest.entry("default", "a", "{\"n\":3}")));
      put(events, 3000);
      events.putTargets(r -> r.rule("r").targets(BusTest.queue("q")));
      events.startReplay(r ->
          r.replayName("again")
              .eventSourceArn("arn:aws:events:us-east-1:000000000000:archive/keep")
              .eventStartTime(Rooms.START)
              .eventEndTime(Rooms.START.plusSeconds(1))
              .destination(d -> d.arn(bus)));
      rooms.clock.advance(Duration.ofSeconds(1));

      assertThat(Receivers.of(rooms.store, "q"))
          .hasSize(2)
          .anySatisfy(m -> assertThat(m.body()).contains("\"detail\":{\"n\":1}"))
          .anySatisfy(m -> assertThat(m.body()).contains("\"detail\":{\"n\":3}"));
      events.deleteArchive(r -> r.archiveName("keep"));
      put(events, 3000);
      assertThat(unneededTexts(rooms)).isZero();
    }
  }

  @Test
  void eventsOfAnEarlierVersion_areStillThere() {
    String both = BusEvent.id(7);
    String archived = BusEvent.id(3);
    try (Store store = Store.open(folder)) {
      store.migrate("events", Tables.VERSIONS);
      store.write(tx -> {
        tx.update("INSERT INTO events_bus VALUES ('default', NULL, NULL, NULL, NULL, 0, 0, 0)");
        tx.update(
            "INSERT INTO events_archive VALUES (1, 'keep', 'default', NULL, NULL, 0, 0, 2, 9)");
        for (long seq : new long[] {3, 7}) {
          String id = seq == 7 ? both : archived;
          String json = BusEvent.json(id, "t", "a", "0", Rooms.START, "r", List.of(), "{}");
          tx.update(
              "INSERT INTO events_archived VALUES (?, ?, ?, ?)",
              Archives.key(1, seq),
              Rooms.START,
              Rooms.START,
              json);
          if (seq == 7) {
            tx.update(
                "INSERT INTO events_event VALUES (?, ?, 'default', ?, ?, 0, ?)",
                seq,
                id,
                Rooms.START,
                Rooms.START,
                json);
          }
        }
        return null;
      });
    }
    try (Rooms rooms = open()) {
      var trail = new BusTrail(rooms.store);
      assertThat(trail.find(both).orElseThrow().json()).contains("\"source\":\"a\"");
      var events = rooms.client(EventBridgeClient.class);
      events.putRule(r -> r.name("r").eventPattern("{\"source\":[\"a\"]}"));
      events.putTargets(r -> r.rule("r").targets(BusTest.queue("q")));
      events.startReplay(r ->
          r.replayName("again")
              .eventSourceArn("arn:aws:events:us-east-1:000000000000:archive/keep")
              .eventStartTime(Rooms.START)
              .eventEndTime(Rooms.START.plusSeconds(1))
              .destination(d -> d.arn("arn:aws:events:us-east-1:000000000000:event-bus/default")));
      rooms.clock.advance(Duration.ofSeconds(1));
      assertThat(Receivers.of(rooms.store, "q"))
          .hasSize(2)
          .anySatisfy(m -> assertThat(m.body()).contains(archived))
          .anySatisfy(m -> assertThat(m.body()).contains(both));
    }
  }

  private static long unneededTexts(Rooms rooms) {
    return rooms.store.read(tx ->
        tx.number(
            "SELECT count(*) FROM events_block WHERE number NOT IN"
                + " (SELECT block FROM events_event UNION SELECT block FROM events_archived)"));
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
