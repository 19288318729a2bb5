package dev.onboard.local.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The state of the whole runtime: one SQLite file in write-ahead mode.
 *
 * <p>A {@link #write} is one transaction, and there is one at a time. A write inside a write joins
 * the outer transaction under a savepoint: what fails in the inner one is undone alone, what
 * succeeds becomes durable with the outer one. So a step over several services is atomic when its
 * caller opens the write around it. Work inside a write must not wait for anything but the store.
 *
 * <p>A committed write has reached the operating system: it survives the death of this process at
 * any moment. It reaches the disk with the next checkpoint ({@code synchronous=NORMAL}).
 */
public final class Store implements AutoCloseable {
  private static final int READERS = 4;

  private final Path folder;
  private final FileChannel lockChannel;
  private final Database writer;
  private final ReentrantLock writeLock = new ReentrantLock();
  private final Semaphore readerPermits = new Semaphore(READERS);
  private final Deque<Database> readers = new ArrayDeque<>();
  private final ThreadLocal<@Nullable Transaction> current = new ThreadLocal<>();
  private final Checkpointer checkpointer;
  private final Watches watches = new Watches();
  private final AtomicLong writes = new AtomicLong();
  private volatile boolean closed;

  private Store(Path folder, FileChannel lockChannel) {
    this.folder = folder;
    this.lockChannel = lockChannel;
    this.writer = Database.open(folder.resolve("onboard.db"), watches);
    writer
        .tx()
        .update("CREATE TABLE IF NOT EXISTS room_version(room TEXT PRIMARY KEY, version INT)");
    this.checkpointer = new Checkpointer(folder.resolve("onboard.db"), writeLock);
  }

  /**
   * Opens the store in a folder, which is made if it is not there.
   *
   * @throws StoreInUseException if another process, or another store of this one, has it open
   */
  public static Store open(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        if (channel.tryLock() == null) {
          throw new OverlappingFileLockException();
        }
      } catch (OverlappingFileLockException e) {
        channel.close();
        throw new StoreInUseException(folder);
      }
      return new Store(folder, channel);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder; rooms may keep files (not state) in folders of their own below it. */
  public Path folder() {
    return folder;
  }

  /**
   * Brings the tables of one room up to date.
   *
   * @param room the name under which the version reached is kept
   * @param versions scripts, oldest first, each a list of statements; a script once released is
   *     never edited, a change is a further script
   */
  public void migrate(String room, List<List<String>> versions) {
    write(tx -> {
      long reached =
          tx.first("SELECT version FROM room_version WHERE room = ?", r -> r.number(1), room)
              .orElse(0L);
      for (int v = (int) reached; v < versions.size(); v++) {
        versions.get(v).forEach(tx::update);
      }
      tx.update("INSERT OR REPLACE INTO room_version VALUES (?, ?)", room, versions.size());
      return null;
    });
  }

  /** Runs work in a transaction; see the class for what a write inside a write means. */
  public <T extends @Nullable Object> T write(Work<T> work) {
    Transaction outer = current.get();
    if (outer != null) {
      outer.begin();
      return outer.nested(work);
    }
    return transact(transaction -> {
      transaction.begin();
      return work.run(writer.tx());
    });
  }

  /**
   * Runs steps of which all writes are one transaction, or a part of the current one. It begins,
   * and keeps others from writing, with the first write or read among them: what is computed before
   * that holds nobody up.
   */
  public <T extends @Nullable Object> T together(Supplier<T> steps) {
    return current.get() != null ? write(tx -> steps.get()) : transact(t -> steps.get());
  }

  private <T extends @Nullable Object> T transact(Function<Transaction, T> work) {
    var transaction = new Transaction();
    current.set(transaction);
    T result;
    try {
      result = transaction.run(work);
    } finally {
      current.remove();
      transaction.end();
    }
    writes.incrementAndGet();
    runAll(transaction.afterCommit);
    return result;
  }

  /** Runs each of the actions, for the write is done whatever becomes of them. */
  private static void runAll(List<Runnable> actions) {
    Throwable first = null;
    for (Runnable action : actions) {
      try {
        action.run();
      } catch (RuntimeException | Error e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    switch (first) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> {}
    }
  }

  /** Runs work on a consistent snapshot, or within the current write if there is one. */
  public <T extends @Nullable Object> T read(Work<T> work) {
    Transaction outer = current.get();
    if (outer != null) {
      outer.begin();
      return work.run(writer.tx());
    }
    readerPermits.acquireUninterruptibly();
    Database reader = null;
    try {
      requireOpen();
      synchronized (readers) {
        reader = readers.poll();
      }
      if (reader == null) {
        reader = Database.openReadOnly(folder.resolve("onboard.db"), watches);
      }
      return reader.snapshot(work);
    } finally {
      if (reader != null) {
        synchronized (readers) {
          readers.push(reader);
        }
      }
      readerPermits.release();
    }
  }

  /** How many writes there were since it was opened: the same number means that nothing changed. */
  public long writes() {
    return writes.get();
  }

  /**
   * Runs an action once the current write is durable, or at once outside of a write; dropped if the
   * write, or the inner write in which it was asked for, fails. An action that fails keeps no other
   * one from running; whoever wrote is told of the first failure.
   */
  public void afterCommit(Runnable action) {
    Transaction transaction = current.get();
    if (transaction == null) {
      action.run();
    } else {
      transaction.afterCommit.add(action);
    }
  }

  /** The number of another change of what is kept in memory. */
  long nextChange() {
    return watches.nextChange();
  }

  /** Runs an action before each statement of a write that changes a table. */
  void watch(String table, Runnable action) {
    watches.add(table, action);
  }

  /** Runs an action once the current write has ended, kept or not, and before another begins. */
  void atEnd(Runnable action) {
    Transaction transaction = current.get();
    if (transaction == null) {
      throw new IllegalStateException("there is no write");
    }
    transaction.atEnd.add(action);
  }

  /** Whether the calling thread is inside a write. */
  public boolean isWriting() {
    return current.get() != null;
  }

  /** Closes the file once what is being read and written is done; what comes later is refused. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    checkpointer.close();
    readerPermits.acquireUninterruptibly(READERS);
    writeLock.lock();
    try {
      synchronized (readers) {
        readers.forEach(Database::close);
        readers.clear();
      }
      writer.close();
      lockChannel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writeLock.unlock();
      readerPermits.release(READERS);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the store in " + folder + " is closed");
    }
  }

  /** A transaction on the writing connection, as soon as something needs it. */
  private final class Transaction {
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final List<Runnable> atEnd = new ArrayList<>();
    private boolean begun;
    private int depth;

    /** Keeps others from writing, unless it does so already. */
    void begin() {
      if (begun) {
        return;
      }
      writeLock.lock();
      try {
        requireOpen();
        writer.begin();
        begun = true;
      } finally {
        if (!begun) {
          writeLock.unlock();
        }
      }
    }

    /** Lets others write. */
    void end() {
      if (begun) {
        try {
          atEnd.forEach(Runnable::run);
        } finally {
          writeLock.unlock();
        }
      }
    }

    <T extends @Nullable Object> T run(Function<Transaction, T> work) {
      return guarded(() -> work.apply(this), this::commit, this::rollback);
    }

    private void commit() {
      if (begun) {
        writer.commit();
      }
    }

    private void rollback() {
      if (begun) {
        writer.rollback();
      }
    }

    <T extends @Nullable Object> T nested(Work<T> work) {
      int asked = afterCommit.size();
      String savepoint = "s" + ++depth;
      Tx tx = writer.tx();
      tx.update("SAVEPOINT " + savepoint);
      try {
        return guarded(
            () -> work.run(tx),
            () -> tx.update("RELEASE " + savepoint),
            () -> {
              tx.update("ROLLBACK TO " + savepoint);
              tx.update("RELEASE " + savepoint);
            });
      } catch (Throwable t) {
        afterCommit.subList(asked, afterCommit.size()).clear();
        throw t;
      } finally {
        depth--;
      }
    }

    private static <T extends @Nullable Object> T guarded(
        Supplier<T> work, Runnable keep, Runnable undo) {
      try {
        T result = work.get();
        keep.run();
        return result;
      } catch (Throwable t) {
        try {
          undo.run();
        } catch (StoreException undoFailed) {
          t.addSuppressed(undoFailed);
        }
        throw t;
      }
    }
  }
}
