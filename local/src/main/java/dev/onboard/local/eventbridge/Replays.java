package dev.onboard.local.eventbridge;

import dev.onboard.local.call.Environment;
import dev.onboard.local.store.Row;
import dev.onboard.local.store.TextReader;
import dev.onboard.local.store.Tx;
import dev.onboard.local.wire.SdkJson;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.eventbridge.model.CancelReplayRequest;
import software.amazon.awssdk.services.eventbridge.model.CancelReplayResponse;
import software.amazon.awssdk.services.eventbridge.model.DescribeReplayRequest;
import software.amazon.awssdk.services.eventbridge.model.DescribeReplayResponse;
import software.amazon.awssdk.services.eventbridge.model.ListReplaysRequest;
import software.amazon.awssdk.services.eventbridge.model.ListReplaysResponse;
import software.amazon.awssdk.services.eventbridge.model.Replay;
import software.amazon.awssdk.services.eventbridge.model.ReplayDestination;
import software.amazon.awssdk.services.eventbridge.model.ReplayState;
import software.amazon.awssdk.services.eventbridge.model.StartReplayRequest;
import software.amazon.awssdk.services.eventbridge.model.StartReplayResponse;

/**
 * Replays of archives: some events at a time, each lot in one write with how far the replay has
 * come, so that no event is lost or repeated when the runtime is killed.
 */
final class Replays {
  private static final Logger LOG = LoggerFactory.getLogger(Replays.class);
  private static final int LOT = 100;
  private static final Set<ReplayState> ACTIVE =
      Set.of(ReplayState.STARTING, ReplayState.RUNNING, ReplayState.CANCELLING);

  private final Environment env;
  private final Quotas quotas;
  private final Names names;
  private final Archives archives;
  private final Router router;
  private volatile boolean closed;

  Replays(Environment env, Quotas quotas, Names names, Archives archives, Router router) {
    this.env = env;
    this.quotas = quotas;
    this.names = names;
    this.archives = archives;
    this.router = router;
  }

  void resume() {
    env.store().read(tx -> tx.list("SELECT * FROM events_replay", Stored::of)).stream()
        .filter(r -> ACTIVE.contains(r.state))
        .forEach(r -> run(r.name));
  }

  void close() {
    closed = true;
  }

  StartReplayResponse start(StartReplayRequest request) {
    new Constraints()
        .required("replayName", request.replayName())
        .required("eventSourceArn", request.eventSourceArn())
        .required("eventStartTime", request.eventStartTime())
        .required("eventEndTime", request.eventEndTime())
        .required("destination", request.destination())
        .name("replayName", request.replayName(), 64)
        .length("description", request.description(), 0, 512)
        .check();
    if (!request.eventStartTime().isBefore(request.eventEndTime())) {
      throw EventErrors.validation(
          "Parameter EventEndTime is not valid. Reason: EventStartTime must be before"
              + " EventEndTime.");
    }
    String archive = archive(request.eventSourceArn());
    Instant now = env.clock().now();
    env.store()
        .write(tx -> {
          checkDestination(tx, request.destination(), archive);
          if (find(tx, request.replayName()).isPresent()) {
            throw EventErrors.exists("Replay " + request.replayName() + " already exists.");
          }
          if (active(tx) >= quotas.replays()) {
            throw EventErrors.limit();
          }
          tx.update(
              "INSERT INTO events_replay VALUES (?, ?, ?, ?, ?, NULL, ?, ?, NULL, ?, ?, NULL)",
              request.replayName(),
              archive,
              request.description(),
              SdkJson.write(request.destination()),
              ReplayState.STARTING,
              request.eventStartTime(),
              request.eventEndTime(),
              0,
              now);
          env.store().afterCommit(() -> run(request.replayName()));
          return null;
        });
    return StartReplayResponse.builder()
        .replayArn(names.replayArn(request.replayName()))
        .replayStartTime(now)
        .state(ReplayState.STARTING)
        .build();
  }

  CancelReplayResponse cancel(CancelReplayRequest request) {
    env.store()
        .write(tx -> {
          Stored replay = get(tx, request.replayName());
          if (replay.state != ReplayState.STARTING && replay.state != ReplayState.RUNNING) {
            throw EventErrors.illegalStatus(
                "Replay "
                    + replay.name
                    + " is not in a valid state for this operation: "
                    + replay.state
                    + ".");
          }
          setState(tx, replay.name, ReplayState.CANCELLING);
          return null;
        });
    return CancelReplayResponse.builder()
        .replayArn(names.replayArn(request.replayName()))
        .state(ReplayState.CANCELLING)
        .build();
  }

  DescribeReplayResponse describe(DescribeReplayRequest request) {
    Stored replay = env.store().read(tx -> get(tx, request.replayName()));
    return DescribeReplayResponse.builder()
        .replayName(replay.name)
        .replayArn(names.replayArn(replay.name))
        .description(replay.description)
        .state(replay.state)
        .stateReason(replay.reason)
        .eventSourceArn(names.archiveArn(replay.archive))
        .destination(SdkJson.read(ReplayDestination.class, replay.destination))
        .eventStartTime(replay.from)
        .eventEndTime(replay.to)
        .eventLastReplayedTime(replay.last)
        .replayStartTime(replay.started)
        .replayEndTime(replay.ended)
        .build();
  }

  ListReplaysResponse list(ListReplaysRequest request) {
    new Constraints()
        .range("limit", request.limit(), 1, 100)
        .choice("state", request.stateAsString(), ReplayState.knownValues())
        .check();
    String archive =
        request.eventSourceArn() == null ? null : names.ofArn(request.eventSourceArn(), "archive/");
    List<Replay> all =
        env
            .store()
            .read(tx -> tx.list("SELECT * FROM events_replay ORDER BY name", Stored::of))
            .stream()
            .filter(r -> request.namePrefix() == null || r.name.startsWith(request.namePrefix()))
            .filter(r -> request.state() == null || request.state() == r.state)
            .filter(r -> request.eventSourceArn() == null || r.archive.equals(archive))
            .map(this::summary)
            .toList();
    Pages<Replay> page = Pages.of(all, Replay::replayName, request.limit(), request.nextToken());
    return ListReplaysResponse.builder().replays(page.page()).nextToken(page.token()).build();
  }

  private void run(String name) {
    env.clock()
        .start(
            "replay " + name,
            () -> {
              try {
                while (!closed && step(name)) {}
              } catch (RuntimeException e) {
                if (!closed) {
                  LOG.error("Replay {} broke", name, e);
                  env.store().write(tx -> end(tx, name, ReplayState.FAILED, String.valueOf(e)));
                }
              }
            });
  }

  /** Replays one lot; answers whether there may be more. */
  private boolean step(String name) {
    return env.store()
        .write(tx -> {
          Stored replay = get(tx, name);
          Optional<Long> archive = archives.number(tx, replay.archive);
          if (replay.state == ReplayState.CANCELLING) {
            return end(tx, name, ReplayState.CANCELLED, null);
          } else if (!ACTIVE.contains(replay.state)) {
            return false;
          } else if (archive.isEmpty()) {
            return end(tx, name, ReplayState.FAILED, "The archive was deleted.");
          }
          long begin = Archives.key(archive.get(), 0);
          TextReader texts = AcceptedEvents.texts(tx);
          List<Archived> lot =
              tx.list(
                  "SELECT key, time, block, place FROM events_archived WHERE key > ? AND key < ?"
                      + " AND time >= ? AND time < ? ORDER BY key LIMIT ?",
                  r -> Archived.of(r, texts),
                  Math.max(begin, replay.cursor),
                  Archives.key(archive.get() + 1, 0),
                  replay.from,
                  replay.to,
                  LOT);
          if (lot.isEmpty()) {
            return end(tx, name, ReplayState.COMPLETED, null);
          }
          replay(lot, replay);
          tx.update(
              "UPDATE events_replay SET state = ?, cursor = ?, last_time = ? WHERE name = ?",
              ReplayState.RUNNING,
              lot.getLast().key,
              lot.getLast().time,
              name);
          return true;
        });
  }

  private void replay(List<Archived> lot, Stored replay) {
    ReplayDestination destination = SdkJson.read(ReplayDestination.class, replay.destination);
    String bus = names.bus(destination.arn());
    var filter = new HashSet<>(destination.filterArns());
    Instant now = env.clock().now();
    router.accept(
        lot.stream()
            .map(a ->
                new BusEvent(
                    router.nextNumber(),
                    BusEvent.idOf(a.body),
                    bus,
                    a.time,
                    now,
                    0,
                    BusEvent.replayed(a.body, replay.name)))
            .map(e -> router.planForRules(e, arn -> filter.isEmpty() || filter.contains(arn)))
            .toList());
  }

  private boolean end(Tx tx, String name, ReplayState state, @Nullable String reason) {
    tx.update(
        "UPDATE events_replay SET state = ?, reason = ?, ended = ? WHERE name = ?",
        state,
        reason,
        env.clock().now(),
        name);
    return false;
  }

  private String archive(String arn) {
    String archive = names.ofArn(arn, "archive/");
    if (archive == null) {
      throw EventErrors.validation(
          "Parameter EventSourceArn is not valid. Reason: Must contain an archive ARN.");
    }
    return archive;
  }

  private void checkDestination(Tx tx, ReplayDestination destination, String archive) {
    new Constraints().required("destination.arn", destination.arn()).check();
    String bus = names.ofArn(destination.arn(), "event-bus/");
    if (bus == null) {
      throw EventErrors.validation(
          "Parameter Destination.Arn is not valid. Reason: Must contain an event bus ARN.");
    }
    Buses.require(tx, bus);
    String archivesBus =
        archives
            .bus(tx, archive)
            .orElseThrow(() ->
                EventErrors.validation(
                    "Parameter EventSourceArn is not valid. Reason: Archive "
                        + archive
                        + " does not exist."));
    if (!archivesBus.equals(bus)) {
      throw EventErrors.validation(
          "Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not"
              + " permitted.");
    }
  }

  private static long active(Tx tx) {
    return tx.list("SELECT * FROM events_replay", Stored::of).stream()
        .filter(r -> ACTIVE.contains(r.state))
        .count();
  }

  private static void setState(Tx tx, String name, ReplayState state) {
    tx.update("UPDATE events_replay SET state = ? WHERE name = ?", state, name);
  }

  private Replay summary(Stored replay) {
    return Replay.builder()
        .replayName(replay.name)
        .eventSourceArn(names.archiveArn(replay.archive))
        .state(replay.state)
        .stateReason(replay.reason)
        .eventStartTime(replay.from)
        .eventEndTime(replay.to)
        .eventLastReplayedTime(replay.last)
        .replayStartTime(replay.started)
        .replayEndTime(replay.ended)
        .build();
  }

  private static Optional<Stored> find(Tx tx, String name) {
    return tx.first("SELECT * FROM events_replay WHERE name = ?", Stored::of, name);
  }

  private static Stored get(Tx tx, String name) {
    return find(tx, name)
        .orElseThrow(() -> EventErrors.notFound("Replay " + name + " does not exist."));
  }

  /** An event in an archive. */
  private record Archived(long key, Instant time, String body) {
    static Archived of(Row row, TextReader texts) {
      String body = texts.text(row.number("block"), row.integer("place"));
      return new Archived(row.number("key"), row.instant("time"), body);
    }
  }

  /** A replay as it stands in the store. */
  private record Stored(
      String name,
      String archive,
      @Nullable String description,
      String destination,
      ReplayState state,
      @Nullable String reason,
      Instant from,
      Instant to,
      @Nullable Instant last,
      long cursor,
      Instant started,
      @Nullable Instant ended) {
    static Stored of(Row row) {
      return new Stored(
          row.string("name"),
          row.string("archive"),
          row.stringOrNull("description"),
          row.string("destination"),
          ReplayState.fromValue(row.string("state")),
          row.stringOrNull("reason"),
          row.instant("from_time"),
          row.instant("to_time"),
          row.instantOrNull("last_time"),
          row.number("cursor"),
          row.instant("started"),
          row.instantOrNull("ended"));
    }
  }
}
