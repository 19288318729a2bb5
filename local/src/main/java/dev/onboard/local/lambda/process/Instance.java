package dev.onboard.local.lambda.process;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One process that serves one version of a function, one invocation at a time. */
final class Instance {
  /**
   * Lambda lets a function initialise for ten seconds; a laptop that builds meanwhile is slower.
   */
  private static final Duration INIT_LIMIT = Duration.ofSeconds(60);

  private final String id;
  private final FunctionSpec spec;
  private final Process process;
  private final InstanceLog log;
  private final InstanceLauncher.Billing billing;
  private final Instant credentialsExpire;
  private final long startedNanos = System.nanoTime();

  /** What the process is to run; the empty one tells it that it is let go. */
  private final LinkedBlockingQueue<Optional<Invocation>> inbox = new LinkedBlockingQueue<>();

  private final CompletableFuture<@Nullable Outcome> initialised = new CompletableFuture<>();
  private volatile @Nullable Invocation current;
  private volatile boolean released;
  private boolean initReported;

  Instance(
      String id,
      FunctionSpec spec,
      Process process,
      InstanceLog log,
      InstanceLauncher.Billing billing,
      Instant credentialsExpire) {
    this.id = id;
    this.spec = spec;
    this.process = process;
    this.log = log;
    this.billing = billing;
    this.credentialsExpire = credentialsExpire;
    process.onExit().thenAccept(this::exited);
  }

  String id() {
    return id;
  }

  FunctionSpec spec() {
    return spec;
  }

  Instant credentialsExpire() {
    return credentialsExpire;
  }

  boolean isAlive() {
    return process.isAlive() && !released;
  }

  /** Completes when the function is loaded, with the failure if it could not be. */
  CompletableFuture<@Nullable Outcome> initialised() {
    return initialised;
  }

  /** Runs one invocation to its end; the instance is dead afterwards if it did not end well. */
  Outcome run(Invocation invocation) {
    Outcome failure = awaitInit(invocation.requestId());
    if (failure != null) {
      return failure;
    }
    long begun = System.nanoTime();
    log.started(invocation.requestId());
    current = invocation;
    inbox.add(Optional.of(invocation));
    Outcome outcome;
    try {
      outcome = invocation.outcome().get(spec.timeoutSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      outcome = FunctionErrors.timedOut(invocation.requestId(), spec.timeoutSeconds());
      kill();
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
      outcome = FunctionErrors.notStarted(invocation.requestId(), "the runtime was stopped");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    current = null;
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    Duration init = initReported ? Duration.ZERO : initDuration;
    initReported = true;
    long billed = billed(took, init);
    log.ended(invocation.requestId(), took, init, billed, outcome);
    billing.ran(spec, billed);
    return outcome;
  }

  private volatile Duration initDuration = Duration.ZERO;

  /**
   * The milliseconds that Lambda bills: since August 2025 those of the initialisation too, unless a
   * snapshot of it is taken when a version is published.
   */
  private long billed(Duration took, Duration init) {
    return (long) Math.ceil((spec.snapStart() ? took : took.plus(init)).toNanos() / 1e6);
  }

  private @Nullable Outcome awaitInit(String requestId) {
    try {
      return initialised.get(INIT_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      kill();
      return FunctionErrors.notStarted(
          requestId, "the function did not initialise within " + INIT_LIMIT.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FunctionErrors.notStarted(requestId, "the runtime was stopped");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** The function is loaded. */
  void initComplete() {
    initDuration = Duration.ofNanos(System.nanoTime() - startedNanos);
    initialised.complete(null);
  }

  /** The function could not be loaded. */
  void initFailed(byte[] error) {
    initialised.complete(new Outcome.Failure(error));
  }

  /**
   * The next invocation, for the process that asks for it; waits for one.
   *
   * @return null when the instance is let go
   */
  @Nullable Invocation next() throws InterruptedException {
    return released ? null : inbox.take().orElse(null);
  }

  /** The process's answer to an invocation; answers false if it is not the current one. */
  boolean answered(String requestId, Outcome outcome) {
    Invocation invocation = current;
    return invocation != null
        && invocation.requestId().equals(requestId)
        && invocation.outcome().complete(outcome);
  }

  private void exited(Process ended) {
    int status = ended.exitValue();
    Invocation invocation = current;
    String requestId = invocation == null ? id : invocation.requestId();
    Outcome.Failure failure = FunctionErrors.exited(requestId, status);
    initialised.complete(failure);
    if (invocation != null) {
      invocation.outcome().complete(failure);
    }
  }

  void kill() {
    released = true;
    inbox.add(Optional.empty());
    process.destroyForcibly();
  }
}
