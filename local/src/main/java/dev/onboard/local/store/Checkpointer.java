package dev.onboard.local.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Moves the write-ahead log into the file beside the writers, so that no call pays for the disk.
 *
 * <p>A passive checkpoint cannot reset a log that is written all the time; once the log is large,
 * one is made with writers held off.
 */
final class Checkpointer implements AutoCloseable {
  private static final long WORTHWHILE = 4L << 20;
  private static final long TOO_LARGE = 128L << 20;
  private static final long PAUSE_MILLIS = 500;

  private final Path log;
  private final Database database;
  private final ReentrantLock writeLock;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  Checkpointer(Path file, ReentrantLock writeLock) {
    this.log = file.resolveSibling(file.getFileName() + "-wal");
    this.database = Database.open(file);
    this.writeLock = writeLock;
    this.thread = Thread.ofPlatform().daemon().name("store-checkpoint").start(this::run);
  }

  private void run() {
    try {
      while (!closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        long size = Files.exists(log) ? log.toFile().length() : 0;
        if (size > TOO_LARGE) {
          writeLock.lock();
          try {
            checkpoint("TRUNCATE");
          } finally {
            writeLock.unlock();
          }
        } else if (size > WORTHWHILE) {
          checkpoint("PASSIVE");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
