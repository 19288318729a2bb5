package dev.onboard.local.eventbridge;

import dev.onboard.local.call.Call;
import dev.onboard.local.eventbridge.BusTrail.State;
import dev.onboard.local.eventbridge.Channel.Address;
import dev.onboard.local.eventbridge.Deliveries.Standing;
import dev.onboard.local.eventbridge.Routes.ActiveRule;
import dev.onboard.local.eventbridge.Routes.Sink;
import dev.onboard.local.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/**
 * What the buses tell of their work: to the meter, to CloudWatch's metrics, and to the logs of the
 * buses that have one. What is told within a write is told once that is durable, and not at all if
 * it fails.
 */
final class Telemetry {
  private final Store store;
  private final Names names;
  private final BusMetrics metrics;
  private final BusLogs logs;
  private final EventMeter meter;

  Telemetry(Store store, Names names, BusMetrics metrics, BusLogs logs, EventMeter meter) {
    this.store = store;
    this.names = names;
    this.metrics = metrics;
    this.logs = logs;
    this.meter = meter;
  }

  /** Hands over what is still to be told. */
  void close() {
    metrics.put();
    logs.close();
  }

  /** Tells of events that were accepted, with the rules that take each. */
  void accepted(List<Router.Plan> plans) {
    Call call = Call.currentOrNull();
    String request = call == null ? null : call.requestId();
    store.afterCommit(() -> {
      meter.accepted(plans.stream().map(Router.Plan::event).toList());
      for (Router.Plan plan : plans) {
        accepted(plan.event(), plan.rules());
        if (logs.of(plan.event().bus()) instanceof BusLogs.Config config) {
          logs.accepted(config, plan.event(), plan.rules(), request);
        }
      }
    });
  }

  private void accepted(BusEvent event, List<ActiveRule> rules) {
    if (!rules.isEmpty()) {
      metrics.matched(event.bus());
    }
    for (ActiveRule rule : rules) {
      metrics.rule(
          event.bus(),
          rule.name(),
          c -> {
            c.matched++;
            c.triggered++;
            c.created += rule.sinks().size();
          });
    }
  }

  /** Tells of an entry of PutEvents that was refused. */
  void refused(PutEventsRequestEntry entry, PutEventsResultEntry refusal) {
    if (logs.isOff()) {
      return;
    }
    String bus = names.bus(entry.eventBusName());
    Call call = Call.currentOrNull();
    if (logs.of(bus) instanceof BusLogs.Config config) {
      logs.refused(config, bus, entry, refusal, call == null ? null : call.requestId());
    }
  }

  /** Tells that a target's rate puts an attempt off. */
  void throttled(Sink sink, BusEvent event, int before) {
    store.afterCommit(() -> {
      metrics.rule(event.bus(), sink.address().rule().name(), c -> c.throttled++);
      if (logs.of(event.bus()) instanceof BusLogs.Config config) {
        logs.throttled(config, event, sink.address(), before + 1);
      }
    });
  }

  /** Tells of an attempt and what it comes to. */
  void attempted(
      BusEvent event,
      Address address,
      int attempts,
      Outcome outcome,
      Standing standing,
      Instant begun,
      Instant ended) {
    var attempt = new Attempt(event, address, attempts, outcome, standing, begun, ended);
    store.afterCommit(() -> {
      metrics.rule(event.bus(), address.rule().name(), attempt::count);
      if (logs.of(event.bus()) instanceof BusLogs.Config config) {
        logs.attempted(config, attempt);
      }
    });
  }

  /**
   * One attempt.
   *
   * @param number how many there were, this one included
   */
  record Attempt(
      BusEvent event,
      Address address,
      int number,
      Outcome outcome,
      Standing standing,
      Instant begun,
      Instant ended) {
    boolean isLast() {
      return standing.state() != State.PENDING;
    }

    /** The ARN of the queue for dead letters, if the target has one. */
    @Nullable String deadLetterQueue() {
      var config = address.target().deadLetterConfig();
      return config == null ? null : config.arn();
    }

    Outcome.@Nullable Failed failure() {
      return outcome instanceof Outcome.Failed failed ? failed : null;
    }

    private void count(RuleCounts counts) {
      if (outcome instanceof Outcome.Dropped) {
        counts.looped++;
        return;
      }
      double untilBegun = Duration.between(event.ingested(), begun).toMillis();
      double untilEnded = Duration.between(event.ingested(), ended).toMillis();
      counts.attempts++;
      if (number == 1) {
        counts.untilStart.add(untilBegun);
        counts.untilComplete.add(untilEnded);
      } else {
        counts.retried++;
      }
      if (isLast()) {
        counts.invocations++;
      }
      switch (standing.state()) {
        case DELIVERED -> {
          counts.succeeded++;
          counts.untilSuccess.add(untilEnded);
        }
        case DEAD_LETTERED -> {
          counts.failed++;
          counts.deadLettered++;
        }
        case DROPPED -> {
          counts.failed++;
          counts.notDeadLettered += deadLetterQueue() == null ? 0 : 1;
        }
        case PENDING, NO_TARGET -> {}
      }
    }
  }
}
