package dev.onboard.local.eventbridge;

import dev.onboard.local.call.Environment;
import dev.onboard.local.clock.Timer;
import dev.onboard.local.store.Row;
import dev.onboard.local.store.Tx;
import dev.onboard.local.usage.Chunks;
import dev.onboard.local.usage.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.Archive;
import software.amazon.awssdk.services.eventbridge.model.ArchiveState;
import software.amazon.awssdk.services.eventbridge.model.CreateArchiveRequest;
import software.amazon.awssdk.services.eventbridge.model.CreateArchiveResponse;
import software.amazon.awssdk.services.eventbridge.model.DeleteArchiveRequest;
import software.amazon.awssdk.services.eventbridge.model.DeleteArchiveResponse;
import software.amazon.awssdk.services.eventbridge.model.DescribeArchiveRequest;
import software.amazon.awssdk.services.eventbridge.model.DescribeArchiveResponse;
import software.amazon.awssdk.services.eventbridge.model.ListArchivesRequest;
import software.amazon.awssdk.services.eventbridge.model.ListArchivesResponse;
import software.amazon.awssdk.services.eventbridge.model.UpdateArchiveRequest;
import software.amazon.awssdk.services.eventbridge.model.UpdateArchiveResponse;

/** The archives of buses, and the events in them, in the order in which they were accepted. */
final class Archives {
  /** The part of an archived event's key that is the event's number; the rest is the archive's. */
  static final long SEQ_MASK = (1L << 40) - 1;

  private static final int EXPIRED_AT_ONCE = 1000;

  private final Environment env;
  private final Names names;
  private final EventPatterns patterns;
  private final Routes routes;
  private final Map<Long, Timer> expiries = new ConcurrentHashMap<>();
  private final ReentrantLock arming = new ReentrantLock();

  Archives(Environment env, Names names, EventPatterns patterns, Routes routes) {
    this.env = env;
    this.names = names;
    this.patterns = patterns;
    this.routes = routes;
  }

  /** The key of an event in an archive. */
  static long key(long archive, long seq) {
    return (archive << 40) | seq;
  }

  void resume() {
    env.store()
        .read(tx -> tx.list("SELECT * FROM events_archive", Stored::of))
        .forEach(a -> arm(a.number));
  }

  CreateArchiveResponse create(CreateArchiveRequest request) {
    new Constraints()
        .required("archiveName", request.archiveName())
        .required("eventSourceArn", request.eventSourceArn())
        .name("archiveName", request.archiveName(), 48)
        .length("description", request.description(), 0, 512)
        .range("retentionDays", request.retentionDays(), 0, Integer.MAX_VALUE)
        .check();
    if (request.kmsKeyIdentifier() != null) {
      throw EventErrors.unsupported("CreateArchive", "KmsKeyIdentifier");
    }
    String bus = names.bus(request.eventSourceArn());
    if (request.eventPattern() != null) {
      patterns.check(request.eventPattern());
    }
    Instant now = env.clock().now();
    env.store()
        .write(tx -> {
          Buses.require(tx, bus);
          if (find(tx, request.archiveName()).isPresent()) {
            throw EventErrors.exists("Archive " + request.archiveName() + " already exists.");
          }
          tx.update(
              "INSERT INTO events_archive(name, bus, pattern, description, retention, created,"
                  + " events, bytes) VALUES (?, ?, ?, ?, ?, ?, 0, 0)",
              request.archiveName(),
              bus,
              request.eventPattern(),
              request.description(),
              request.retentionDays() == null ? 0 : request.retentionDays(),
              now);
          env.store().afterCommit(() -> routes.reloadArchives(bus));
          return null;
        });
    return CreateArchiveResponse.builder()
        .archiveArn(names.archiveArn(request.archiveName()))
        .creationTime(now)
        .state(ArchiveState.ENABLED)
        .build();
  }

  UpdateArchiveResponse update(UpdateArchiveRequest request) {
    new Constraints()
        .required("archiveName", request.archiveName())
        .name("archiveName", request.archiveName(), 48)
        .length("description", request.description(), 0, 512)
        .range("retentionDays", request.retentionDays(), 0, Integer.MAX_VALUE)
        .check();
    if (request.kmsKeyIdentifier() != null) {
      throw EventErrors.unsupported("UpdateArchive", "KmsKeyIdentifier");
    }
    if (request.eventPattern() == null
        && request.retentionDays() == null
        && request.description() == null) {
      throw EventErrors.validation(
          "At least one of EventPattern, RetentionDays or Description must be provided.");
    }
    if (request.eventPattern() != null) {
      patterns.check(request.eventPattern());
    }
    Stored updated =
        env.store()
            .write(tx -> {
              Stored old = get(tx, request.archiveName());
              tx.update(
                  "UPDATE events_archive SET pattern = coalesce(?, pattern), description ="
                      + " coalesce(?, description), retention = coalesce(?, retention)"
                      + " WHERE number = ?",
                  request.eventPattern(),
                  request.description(),
                  request.retentionDays(),
                  old.number);
              env.store()
                  .afterCommit(() -> {
                    routes.reloadArchives(old.bus);
                    arm(old.number);
                  });
              return old;
            });
    return UpdateArchiveResponse.builder()
        .archiveArn(names.archiveArn(updated.name))
        .creationTime(updated.created)
        .state(ArchiveState.ENABLED)
        .build();
  }

  DeleteArchiveResponse delete(DeleteArchiveRequest request) {
    env.store()
        .write(tx -> {
          Stored archive = get(tx, request.archiveName());
          tx.update("DELETE FROM events_archive WHERE number = ?", archive.number);
          remove(tx, key(archive.number, 0), key(archive.number + 1, 0) - 1);
          env.store().afterCommit(() -> routes.reloadArchives(archive.bus));
          return null;
        });
    return DeleteArchiveResponse.builder().build();
  }

  DescribeArchiveResponse describe(DescribeArchiveRequest request) {
    Stored archive = env.store().read(tx -> get(tx, request.archiveName()));
    return DescribeArchiveResponse.builder()
        .archiveArn(names.archiveArn(archive.name))
        .archiveName(archive.name)
        .eventSourceArn(names.busArn(archive.bus))
        .description(archive.description)
        .eventPattern(archive.pattern)
        .state(ArchiveState.ENABLED)
        .retentionDays(archive.retention)
        .sizeBytes(archive.bytes)
        .eventCount(archive.events)
        .creationTime(archive.created)
        .build();
  }

  ListArchivesResponse list(ListArchivesRequest request) {
    new Constraints()
        .range("limit", request.limit(), 1, 100)
        .choice("state", request.stateAsString(), ArchiveState.knownValues())
        .check();
    String bus = request.eventSourceArn() == null ? null : names.bus(request.eventSourceArn());
    List<Archive> all =
        env
            .store()
            .read(tx -> {
              if (bus != null) {
                Buses.require(tx, bus);
              }
              return tx.list("SELECT * FROM events_archive ORDER BY name", Stored::of);
            })
            .stream()
            .filter(a -> bus == null || a.bus.equals(bus))
            .filter(a -> request.namePrefix() == null || a.name.startsWith(request.namePrefix()))
            .filter(a -> request.state() == null || request.state() == ArchiveState.ENABLED)
            .map(this::summary)
            .toList();
    Pages<Archive> page = Pages.of(all, Archive::archiveName, request.limit(), request.nextToken());
    return ListArchivesResponse.builder().archives(page.page()).nextToken(page.token()).build();
  }

  /** Puts events into an archive, unless it went meanwhile. */
  void add(Tx tx, long archive, EventBlock block, List<BusEvent> events) {
    long bytes = events.stream().mapToLong(e -> e.json().length()).sum();
    int there =
        tx.update(
            "UPDATE events_archive SET events = events + ?, bytes = bytes + ? WHERE number = ?",
            events.size(),
            bytes,
            archive);
    if (there == 0) {
      return;
    }
    String bus = events.getFirst().bus();
    env.store()
        .afterCommit(() -> env.meter().add(Usage.ARCHIVED_BYTES, bus, Chunks.gigabytes(bytes)));
    var rows = new ArrayList<@Nullable Object[]>(events.size());
    for (BusEvent event : events) {
      rows.add(
          new Object[] {
            key(archive, event.seq()),
            block.number(),
            block.place(event.seq()),
            event.time(),
            event.ingested(),
            event.json().length()
          });
    }
    tx.insertAll("INSERT INTO events_archived", rows);
    if (!expiries.containsKey(archive)) {
      env.store().afterCommit(() -> arm(archive));
    }
  }

  /** The number of an archive, empty if there is none of that name. */
  Optional<Long> number(Tx tx, String name) {
    return find(tx, name).map(Stored::number);
  }

  /** The bus of an archive, empty if there is none of that name. */
  Optional<String> bus(Tx tx, String name) {
    return find(tx, name).map(Stored::bus);
  }

  /** Sets the timer for the first event of an archive that will expire. */
  private void arm(long archive) {
    arming.lock();
    try {
      armLocked(archive);
    } finally {
      arming.unlock();
    }
  }

  private void armLocked(long archive) {
    Timer old = expiries.remove(archive);
    if (old != null) {
      old.cancel();
    }
    Optional<Instant> expiry =
        env.store()
            .read(tx ->
                tx.first(
                    "SELECT e.ingested, a.retention FROM events_archive a"
                        + " JOIN events_archived e ON e.key = (SELECT min(key) FROM"
                        + " events_archived WHERE key >= ? AND key < ?)"
                        + " WHERE a.number = ? AND a.retention > 0",
                    r -> r.instant("ingested").plus(Duration.ofDays(r.number("retention"))),
                    key(archive, 0),
                    key(archive + 1, 0),
                    archive));
    if (expiry.isPresent()) {
      expiries.put(archive, env.clock().at(expiry.get(), () -> expire(archive)));
    }
  }

  private void expire(long archive) {
    while (expireSome(archive) == EXPIRED_AT_ONCE) {}
    arm(archive);
  }

  private int expireSome(long archive) {
    return env.store()
        .write(tx -> {
          int retention =
              (int) tx.number("SELECT retention FROM events_archive WHERE number = ?", archive);
          if (retention == 0) {
            return 0;
          }
          Instant before = env.clock().now().minus(Duration.ofDays(retention));
          List<long[]> expired =
              tx
                  .list(
                      "SELECT key, ingested, bytes FROM events_archived"
                          + " WHERE key >= ? AND key < ? ORDER BY key LIMIT ?",
                      r -> new long[] {r.number(1), r.number(2), r.number(3)},
                      key(archive, 0),
                      key(archive + 1, 0),
                      EXPIRED_AT_ONCE)
                  .stream()
                  .takeWhile(e -> e[1] <= before.toEpochMilli())
                  .toList();
          if (!expired.isEmpty()) {
            remove(tx, key(archive, 0), expired.getLast()[0]);
            tx.update(
                "UPDATE events_archive SET events = events - ?, bytes = bytes - ?"
                    + " WHERE number = ?",
                expired.size(),
                expired.stream().mapToLong(e -> e[2]).sum(),
                archive);
          }
          return expired.size();
        });
  }

  private static void remove(Tx tx, long from, long to) {
    List<Long> blocks =
        tx.list(
            "SELECT DISTINCT block FROM events_archived WHERE key BETWEEN ? AND ?",
            r -> r.number(1),
            from,
            to);
    tx.update("DELETE FROM events_archived WHERE key BETWEEN ? AND ?", from, to);
    AcceptedEvents.sweep(tx, blocks);
  }

  private Archive summary(Stored archive) {
    return Archive.builder()
        .archiveName(archive.name)
        .eventSourceArn(names.busArn(archive.bus))
        .state(ArchiveState.ENABLED)
        .retentionDays(archive.retention)
        .sizeBytes(archive.bytes)
        .eventCount(archive.events)
        .creationTime(archive.created)
        .build();
  }

  private static Optional<Stored> find(Tx tx, String name) {
    return tx.first("SELECT * FROM events_archive WHERE name = ?", Stored::of, name);
  }

  private static Stored get(Tx tx, String name) {
    return find(tx, name)
        .orElseThrow(() -> EventErrors.notFound("Archive " + name + " does not exist."));
  }

  /** An archive as it stands in the store. */
  private record Stored(
      long number,
      String name,
      String bus,
      @Nullable String pattern,
      @Nullable String description,
      int retention,
      Instant created,
      long events,
      long bytes) {
    static Stored of(Row row) {
      return new Stored(
          row.number("number"),
          row.string("name"),
          row.string("bus"),
          row.stringOrNull("pattern"),
          row.stringOrNull("description"),
          row.integer("retention"),
          row.instant("created"),
          row.number("events"),
          row.number("bytes"));
    }
  }
}
