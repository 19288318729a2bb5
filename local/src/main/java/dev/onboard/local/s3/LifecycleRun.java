package dev.onboard.local.s3;

import dev.onboard.local.call.Environment;
import dev.onboard.local.clock.Timer;
import dev.onboard.local.s3.Notices.Batch;
import dev.onboard.local.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries lifecycles out: once a day at midnight UTC, and at start for the days that were missed.
 */
final class LifecycleRun {
  private static final Logger LOG = LoggerFactory.getLogger(LifecycleRun.class);
  private static final int PAGE = 500;
  private static final String REASON = "Lifecycle Expiration";
  private static final Duration RETRY = Duration.ofHours(1);

  private final Environment env;
  private final Buckets buckets;
  private final Versions versions;
  private final Deletes deletes;
  private final Uploads uploads;
  private final Notices notices;
  private final AtomicReference<@Nullable Timer> next = new AtomicReference<>();

  LifecycleRun(
      Environment env,
      Buckets buckets,
      Versions versions,
      Deletes deletes,
      Uploads uploads,
      Notices notices) {
    this.env = env;
    this.buckets = buckets;
    this.versions = versions;
    this.deletes = deletes;
    this.uploads = uploads;
    this.notices = notices;
  }

  /** Sees to it that there is a run at the next midnight, if any bucket has a lifecycle. */
  void schedule() {
    boolean needed = env.store().read(tx -> !buckets.withLifecycle(tx).isEmpty());
    Instant now = env.clock().now();
    at(needed ? now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1)) : null);
  }

  /** Makes up for runs that would have been while nothing ran. */
  void resume() {
    boolean needed = env.store().read(tx -> !buckets.withLifecycle(tx).isEmpty());
    at(needed ? env.clock().now() : null);
  }

  private void at(@Nullable Instant time) {
    Timer before = next.getAndSet(time == null ? null : env.clock().at(time, this::run));
    if (before != null) {
      before.cancel();
    }
  }

  private void run() {
    try {
      List<Bucket> due = env.store().read(buckets::withLifecycle);
      for (Bucket bucket : due) {
        expireObjects(bucket);
        uploads.abortDue(bucket);
      }
      schedule();
    } catch (RuntimeException e) {
      LOG.error("a lifecycle run failed and is tried again in {}", RETRY, e);
      at(env.clock().now().plus(RETRY));
    }
  }

  private void expireObjects(Bucket bucket) {
    var walk = new Walk(bucket, env.clock().now());
    while (true) {
      List<StoredVersion> page = env.store().read(walk::page);
      List<StoredVersion> due = page.stream().filter(walk::isDue).toList();
      if (!due.isEmpty()) {
        env.store().write(tx -> expire(tx, bucket.name(), due));
      }
      if (page.size() < PAGE) {
        return;
      }
    }
  }

  private @Nullable Void expire(Tx tx, String name, List<StoredVersion> due) {
    Bucket bucket = buckets.required(tx, name);
    Batch batch = notices.batch(bucket, Requester.lifecycle());
    for (StoredVersion seen : due) {
      versions
          .version(tx, name, seen.key(), seen.version())
          .filter(v -> v.id() == seen.id() && v.latest() == seen.latest())
          .ifPresent(v -> {
            boolean hides = v.latest() && !v.marker() && bucket.isVersioned();
            if (hides) {
              deletes.hide(tx, bucket, v.key(), REASON, batch);
            } else {
              deletes.erase(tx, v, REASON, batch);
            }
          });
    }
    batch.publish();
    return null;
  }

  /** The way through all versions of a bucket, newest first within a key. */
  private final class Walk {
    private final Bucket bucket;
    private final Instant now;
    private @Nullable StoredVersion last;
    private int noncurrent;
    private Instant newerModified = Instant.EPOCH;
    private String key = "";

    Walk(Bucket bucket, Instant now) {
      this.bucket = bucket;
      this.now = now;
    }

    List<StoredVersion> page(Tx tx) {
      var page = new ArrayList<StoredVersion>();
      if (last != null) {
        page.addAll(
            tx.list(
                "SELECT "
                    + StoredVersion.COLUMNS
                    + " FROM s3_object"
                    + " WHERE bucket = ? AND key = ? AND id < ? ORDER BY id DESC LIMIT ?",
                StoredVersion::of,
                bucket.name(),
                last.key(),
                last.id(),
                PAGE));
      }
      page.addAll(
          tx.list(
              "SELECT "
                  + StoredVersion.COLUMNS
                  + " FROM s3_object"
                  + " WHERE bucket = ? AND key > ? ORDER BY key, id DESC LIMIT ?",
              StoredVersion::of,
              bucket.name(),
              last == null ? "" : last.key(),
              PAGE - page.size()));
      if (!page.isEmpty()) {
        last = page.getLast();
      }
      return page;
    }

    boolean isDue(StoredVersion version) {
      if (!version.key().equals(key)) {
        key = version.key();
        noncurrent = 0;
        newerModified = Instant.EPOCH;
      }
      Instant since = newerModified;
      newerModified = version.modified();
      if (!version.latest()) {
        int newer = noncurrent++;
        return bucket
            .lifecycle()
            .noncurrentExpiry(version, since, newer)
            .filter(t -> !t.isAfter(now))
            .isPresent();
      }
      if (version.marker()) {
        return hidesNothing(version)
            && bucket.lifecycle().markerExpiry(version).filter(t -> !t.isAfter(now)).isPresent();
      }
      return bucket.lifecycle().expiry(version).filter(e -> !e.at().isAfter(now)).isPresent();
    }

    private boolean hidesNothing(StoredVersion marker) {
      return env.store()
          .read(tx ->
              !tx.exists(
                  "SELECT 1 FROM s3_object WHERE bucket = ? AND key = ? AND id < ? LIMIT 1",
                  bucket.name(),
                  marker.key(),
                  marker.id()));
    }
  }
}
