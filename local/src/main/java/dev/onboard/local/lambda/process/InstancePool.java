package dev.onboard.local.lambda.process;

import dev.onboard.local.call.RequestIds;
import dev.onboard.local.clock.LocalClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes of all functions, bounded for one machine.
 *
 * <p>A function has one instance, and a further one when invocations have waited for it for a while:
 * on two cores more would only take memory from each other. When all places are taken, the
 * longest-idle instance of another function makes room.
 */
public final class InstancePool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InstancePool.class);
  /** A further instance is worth its start only where the others are slow, not where they are many. */
  private static final Duration SCALE_UP_AFTER = Duration.ofSeconds(5);
  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);

  /** What a process needs to call home. */
  public record Home(URI endpoint, String region, Map<String, String> credentials, Instant expires) {}

  private final Jvm jvm;
  private final AotCaches caches;
  private final LocalClock clock;
  private final InstanceLog.Sink sink;
  private final Function homes;
  private final int places;
  private final Semaphore warming =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors()));

  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition changed = lock.newCondition();
  private final Map<String, Instance> instances = new LinkedHashMap<>();
  private final Map<String, Deque<Instance>> idle = new HashMap<>();
  private final Map<String, Integer> count = new HashMap<>();
  private int busy;
  private long lastBusyNanos = System.nanoTime();
  private boolean closed;

  /** Gives a function's process its way home. */
  @FunctionalInterface
  public interface Function {
    Home home(FunctionSpec spec);
  }

  /** Takes the log lines of functions. */
  @FunctionalInterface
  public interface Logs {
    void put(FunctionSpec spec, String stream, List<Map.Entry<Instant, String>> lines);
  }

  public InstancePool(Path folder, LocalClock clock, Function homes, Logs logs, int places) {
    this.jvm = new Jvm(folder);
    this.caches = new AotCaches(folder.resolve("aot"), jvm);
    this.clock = clock;
    this.homes = homes;
    this.places = places;
    this.sink =
        (spec, stream, lines) ->
            logs.put(
                spec, stream, lines.stream().map(l -> Map.entry(l.at(), l.text())).toList());
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
      long deadline =
          clock.now().plusSeconds(spec.timeoutSeconds()).toEpochMilli();
      return instance.run(
          new Invocation(requestId, functionArn, payload, deadline, new CompletableFuture<>()));
    } finally {
      release(instance);
    }
  }

  /** Makes an instance ready in the background, unless there is one. */
  public void warm(FunctionSpec spec) {
    Thread.ofVirtual()
        .name("warm " + spec.name())
        .start(
            () -> {
              try {
                warming.acquire();
                try {
                  Instance instance = startIfNone(spec);
                  if (instance != null) {
                    instance.initialised().get(60, TimeUnit.SECONDS);
                    release(instance);
                  }
                } finally {
                  warming.release();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } catch (Exception e) {
                LOG.warn("{} could not be initialised ahead: {}", spec.name(), e.toString());
              }
            });
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
      if (closed || count.getOrDefault(spec.key(), 0) > 0 || instances.size() >= places) {
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
          return free;
        }
        int running = count.getOrDefault(spec.key(), 0);
        long patience = SCALE_UP_AFTER.toNanos() << Math.min(20, 2 * Math.max(0, running - 1));
        boolean waitedLong = System.nanoTime() - since > patience;
        if ((running == 0 || waitedLong && running < spec.maxConcurrency())
            && (instances.size() < places || evictIdle())) {
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

  private void reserve(String key) {
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

  private Instance start(FunctionSpec spec) throws IOException {
    String id = RequestIds.next();
    try {
      Home home = homes.home(spec);
      String stream =
          DAY.format(clock.now())
              + "/"
              + spec.name()
              + "["
              + spec.version()
              + "]"
              + id.replace("-", "");
      var log = new InstanceLog(spec, stream, clock, sink);
      Process process = processOf(spec, id, stream, home);
      var instance = new Instance(id, spec, process, log, home.expires());
      lock.lock();
      try {
        instances.put(id, instance);
      } finally {
        lock.unlock();
      }
      log.follow(process.getInputStream());
      return instance;
    } catch (IOException | RuntimeException e) {
      lock.lock();
      try {
        count.merge(spec.key(), -1, Integer::sum);
        busy--;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      throw e;
    }
  }

  private Process processOf(FunctionSpec spec, String id, String stream, Home home)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(jvm.java());
    command.addAll(Jvm.COMMON_OPTIONS);
    command.add("-Xmx" + spec.memory() + "m");
    command.addAll(caches.options(spec));
    command.addAll(List.of("-cp", jvm.classPath(spec)));
    command.addAll(
        List.of("dev.onboard.local.lambda.host.FunctionHost", spec.handler()));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment(spec, id, stream, home));
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  private static Map<String, String> environment(
      FunctionSpec spec, String id, String stream, Home home) {
    var environment = new LinkedHashMap<String, String>();
    environment.put("PATH", String.valueOf(System.getenv("PATH")));
    environment.put("LANG", "en_US.UTF-8");
    environment.put("TZ", ":UTC");
    environment.put("AWS_REGION", home.region());
    environment.put("AWS_DEFAULT_REGION", home.region());
    environment.put("AWS_ENDPOINT_URL", home.endpoint().toString());
    environment.put("AWS_EXECUTION_ENV", "AWS_Lambda_java25");
    environment.put(
        "AWS_LAMBDA_INITIALIZATION_TYPE", spec.snapStart() ? "snap-start" : "on-demand");
    environment.put("AWS_LAMBDA_FUNCTION_NAME", spec.name());
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", spec.version());
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(spec.memory()));
    environment.put("AWS_LAMBDA_LOG_GROUP_NAME", spec.logGroup());
    environment.put("AWS_LAMBDA_LOG_STREAM_NAME", stream);
    environment.put("AWS_LAMBDA_LOG_FORMAT", spec.jsonLogs() ? "JSON" : "Text");
    environment.put("_HANDLER", spec.handler());
    environment.putAll(spec.environment());
    environment.putAll(home.credentials());
    environment.put(
        "AWS_LAMBDA_RUNTIME_API", home.endpoint().getAuthority() + RuntimeApi.PREFIX + id);
    return environment;
  }

  private void makeCachesWhenQuiet() {
    try {
      while (true) {
        Supplier<Boolean> quiet =
            () -> busy == 0 && System.nanoTime() - lastBusyNanos > QUIET.toNanos();
        lock.lock();
        try {
          if (closed) {
            return;
          }
          changed.await(500, TimeUnit.MILLISECONDS);
          if (!quiet.get()) {
            continue;
          }
        } finally {
          lock.unlock();
        }
        caches.makeMissing(Map.of("AWS_REGION", "us-east-1", "AWS_ACCESS_KEY_ID", "test",
            "AWS_SECRET_ACCESS_KEY", "test"));
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
    caches.makeMissing(
        Map.of(
            "AWS_REGION", "us-east-1",
            "AWS_ACCESS_KEY_ID", "test",
            "AWS_SECRET_ACCESS_KEY", "test"));
  }
}
