package dev.onboard.local.store;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Moves the write-ahead log into the file beside the writers, so that no call pays for the disk.
 *
 * <p>A page that is written often is moved once for all of its versions in the log, so there is no
 * hurry: a log is moved when it has become large, or when nothing was written for a while. A
 * passive checkpoint moves nearly all of it while others write; what they wrote meanwhile is moved
 * with writers held off, and the log begins anew.
 */
final class Checkpointer implements AutoCloseable {
  private static final long LARGE = 64L << 20;
  private static final long PAUSE_MILLIS = 500;

  /** A log that did not grow over so many pauses is moved whatever its size. */
  private static final int QUIET_PAUSES = 4;

  private final Path log;
  private final Database database;
  private final ReentrantLock writeLock;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  Checkpointer(Path file, ReentrantLock writeLock) {
    this.log = file.resolveSibling(file.getFileName() + "-wal");
    this.database = Database.open(file, new Watches());
    this.writeLock = writeLock;
    this.thread = Thread.ofPlatform().daemon().name("store-checkpoint").start(this::run);
  }

  private void run() {
    long before = 0;
    int quiet = 0;
    try {
      while (!closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        long size = log.toFile().length();
        quiet = size == before ? quiet + 1 : 0;
        before = size;
        if (size > LARGE || size > 0 && quiet == QUIET_PAUSES) {
          move();
          before = log.toFile().length();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void move() {
    checkpoint("PASSIVE");
    writeLock.lock();
    try {
      checkpoint("TRUNCATE");
    } finally {
      writeLock.unlock();
    }
  }

  private void checkpoint(String mode) {
    database.tx().list("PRAGMA wal_checkpoint(" + mode + ")", r -> r.number(1));
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    checkpoint("TRUNCATE");
    database.close();
  }
}
