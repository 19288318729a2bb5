package dev.onboard.local.lambda.process;

import dev.onboard.local.clock.LocalClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The processes of all functions, bounded for one machine.
 *
 * <p>A function has one instance. It is given a further one when its invocations wait most of the
 * time and the machine has processors to spare, up to one a processor; and when one of them has
 * waited for long, whatever the machine does, for it may be one that the others wait for. When all
 * places are taken, the longest-idle instance of another function makes room.
 */
public final class InstancePool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InstancePool.class);

  /** How long one invocation waits for a second instance; for each further one four times that. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final Duration WARM_LIMIT = Duration.ofSeconds(60);

  private final InstanceLauncher launcher;
  private final LocalClock clock;
  private final int places;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition changed = lock.newCondition();
  private final Map<String, Instance> instances = new LinkedHashMap<>();
  private final Map<String, Deque<Instance>> idle = new HashMap<>();
  private final Map<String, Integer> count = new HashMap<>();
  private final Demand demand = new Demand();
  private final WarmUps warmUps =
      new WarmUps(
          Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
          this::warmNow,
          this::isQuiet);
  private int busy;
  private int starting;
  private long lastBusyNanos = System.nanoTime();
  private volatile boolean closed;

  /**
   * A pool.
   *
   * @param places the most processes at a time
   */
  public InstancePool(InstanceLauncher launcher, LocalClock clock, int places) {
    this.launcher = launcher;
    this.clock = clock;
    this.places = places;
    Thread.ofVirtual().name("start-up caches").start(this::makeCachesWhenQuiet);
  }

  public RuntimeApi runtimeApi() {
    return new RuntimeApi(this);
  }

  /** Runs one invocation, in an instance that is free or is made for it. */
  public Outcome invoke(FunctionSpec spec, String functionArn, String requestId, byte[] payload) {
    Instance instance;
    try {
      instance = acquire(spec);
    } catch (IOException e) {
      return FunctionErrors.notStarted(requestId, "the process could not be started: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FunctionErrors.notStarted(requestId, "the runtime was stopped");
    }
    try {
      // The function holds it against the clock of its own process.
      long deadline = clock.outside().plusSeconds(spec.timeoutSeconds()).toEpochMilli();
      return instance.run(
          new Invocation(requestId, functionArn, payload, deadline, new CompletableFuture<>()));
    } finally {
      launcher.invoked(spec);
      release(instance);
    }
  }

  /**
   * Makes an instance ready in the background, unless there is one.
   *
   * @param wanted whether it is still to be had if it could not be started
   */
  public void warm(FunctionSpec spec, BooleanSupplier wanted) {
    warmUps.add(spec, launcher.turn(spec), wanted);
  }

  private void warmNow(FunctionSpec spec, BooleanSupplier wanted) throws InterruptedException {
    try {
      Instance instance = startIfNone(spec);
      if (instance != null) {
        try {
          instance.initialised().get(WARM_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } finally {
          release(instance);
        }
      }
    } catch (IOException | RuntimeException | ExecutionException | TimeoutException e) {
      // A stack that is rolled back takes the role away while its functions get ready.
      Level level = closed || !wanted.getAsBoolean() ? Level.DEBUG : Level.WARN;
      LOG.atLevel(level).log("{} could not be initialised ahead: {}", spec.name(), e.toString());
    }
  }

  /** Lets the instances of a version go, which was changed or deleted. */
  public void retire(String key) {
    lock.lock();
    try {
      Deque<Instance> waiting = idle.remove(key);
      if (waiting != null) {
        waiting.forEach(this::discard);
      }
    } finally {
      lock.unlock();
    }
  }

  @Nullable Instance instance(String id) {
    lock.lock();
    try {
      return instances.get(id);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Instance startIfNone(FunctionSpec spec) throws IOException {
    lock.lock();
    try {
      if (closed || count.getOrDefault(spec.key(), 0) > 0 || !hasPlace()) {
        return null;
      }
      reserve(spec.key());
    } finally {
      lock.unlock();
    }
    return start(spec);
  }

  private Instance acquire(FunctionSpec spec) throws IOException, InterruptedException {
    long since = System.nanoTime();
    lock.lock();
    try {
      while (true) {
        if (closed) {
          throw new InterruptedException("the runtime is closed");
        }
        Instance free = takeIdle(spec.key());
        if (free != null) {
          demand.served(spec.key(), since);
          return free;
        }
        if (worthAnother(spec, since) && (hasPlace() || evictIdle())) {
          demand.scaled(spec.key());
          reserve(spec.key());
          break;
        }
        changed.await(500, TimeUnit.MILLISECONDS);
      }
    } finally {
      lock.unlock();
    }
    return start(spec);
  }

  private boolean worthAnother(FunctionSpec spec, long since) {
    int running = count.getOrDefault(spec.key(), 0);
    if (running == 0 || running >= spec.maxConcurrency()) {
      return running == 0;
    }
    long patience = PATIENCE.toNanos() << Math.min(20, 2 * (running - 1));
    return System.nanoTime() - since > patience || demand.worthAnother(spec.key(), running);
  }

  private boolean hasPlace() {
    return instances.size() + starting < places;
  }

  private void reserve(String key) {
    starting++;
    count.merge(key, 1, Integer::sum);
    busy++;
  }

  private @Nullable Instance takeIdle(String key) {
    Deque<Instance> waiting = idle.get(key);
    while (waiting != null && !waiting.isEmpty()) {
      Instance instance = waiting.pollFirst();
      boolean fresh =
          instance
              .credentialsExpire()
              .isAfter(clock.now().plusSeconds(instance.spec().timeoutSeconds() + 60));
      if (instance.isAlive() && fresh) {
        busy++;
        return instance;
      }
      discard(instance);
    }
    return null;
  }

  private boolean evictIdle() {
    Iterator<Deque<Instance>> all = idle.values().iterator();
    while (all.hasNext()) {
      Deque<Instance> waiting = all.next();
      if (!waiting.isEmpty()) {
        discard(waiting.pollLast());
        return true;
      }
    }
    return false;
  }

  private void discard(Instance instance) {
    instances.remove(instance.id());
    count.merge(instance.spec().key(), -1, Integer::sum);
    instance.kill();
    changed.signalAll();
  }

  private void release(Instance instance) {
    lock.lock();
    try {
      busy--;
      lastBusyNanos = System.nanoTime();
      if (instance.isAlive() && !closed) {
        idle.computeIfAbsent(instance.spec().key(), k -> new ArrayDeque<>()).addFirst(instance);
        changed.signalAll();
      } else {
        discard(instance);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Starts the process for which a place is reserved. */
  private Instance start(FunctionSpec spec) throws IOException {
    Instance instance;
    try {
      instance = launcher.launch(spec);
    } catch (IOException | RuntimeException e) {
      lock.lock();
      try {
        starting--;
        count.merge(spec.key(), -1, Integer::sum);
        busy--;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      throw e;
    }
    lock.lock();
    try {
      starting--;
      instances.put(instance.id(), instance);
      if (closed) {
        instance.kill();
      }
    } finally {
      lock.unlock();
    }
    return instance;
  }

  private boolean isQuiet() {
    lock.lock();
    try {
      return busy == 0 && System.nanoTime() - lastBusyNanos > QUIET.toNanos();
    } finally {
      lock.unlock();
    }
  }

  private void makeCachesWhenQuiet() {
    try {
      while (true) {
        lock.lock();
        try {
          if (closed) {
            return;
          }
          changed.await(500, TimeUnit.MILLISECONDS);
        } finally {
          lock.unlock();
        }
        if (isQuiet()) {
          launcher.makeMissingCaches(false);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      instances.values().forEach(Instance::kill);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    warmUps.close();
    launcher.makeMissingCaches(true);
  }
}
