package dev.onboard.console.story;

import dev.onboard.console.story.Step.State;
import dev.onboard.console.trail.AcceptedEvent;
import dev.onboard.console.trail.Delivery;
import dev.onboard.console.trail.TargetName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events as steps: which rules took one, and what became of each delivery. */
final class EventSteps {
  /** So many attempts are told of the beginning; the last one is told too. */
  private static final int ATTEMPTS = 3;

  private final Labels labels;

  EventSteps(Labels labels) {
    this.labels = labels;
  }

  /** An event with its deliveries. */
  Step.Builder step(AcceptedEvent event) {
    List<Delivery> deliveries = event.deliveries();
    Step.Builder step =
        Step.of(
                "EventBridge",
                event.detailType() + " from " + event.source() + " on bus " + event.bus())
            .at(event.at())
            .state(state(deliveries))
            .link(Reference.to(event.detailType(), "events", event.id()))
            .command(ShownBy.onboard("why", event.id()));
    deliveries.forEach(d -> step.details(lines(d)));
    if (deliveries.isEmpty()) {
      step.detail("no rule matched");
    }
    step.details(event.violations());
    for (Delivery delivery : deliveries) {
      step.link(Reference.to(labels.rule(delivery.rule()), "rules", event.bus(), delivery.rule()));
      if (delivery.target().contains(":sqs:")) {
        String queue = TargetName.lastPart(delivery.target());
        step.link(Reference.to(labels.target(delivery.target()), "queues", queue));
      }
    }
    return step;
  }

  private static State state(List<Delivery> deliveries) {
    if (deliveries.stream().anyMatch(Delivery::isLost)) {
      return State.FAILED;
    } else if (deliveries.stream().anyMatch(Delivery::isPending)) {
      return State.WAITING;
    } else if (deliveries.stream().anyMatch(d -> d.attempts() > 1)) {
      return State.RETRIED;
    }
    return deliveries.isEmpty() ? State.IGNORED : State.OK;
  }

  private List<String> lines(Delivery delivery) {
    var lines = new ArrayList<String>();
    lines.add(sentence(delivery));
    List<Delivery.Attempt> history = delivery.history();
    for (int i = 0; i < history.size(); i++) {
      if (i >= ATTEMPTS && i < history.size() - 1) {
        continue;
      }
      Delivery.Attempt attempt = history.get(i);
      lines.add(
          "attempt "
              + attempt.number()
              + " at "
              + attempt.at()
              + (attempt.isFailed() ? " failed: " + attempt.error() : " did"));
    }
    return lines;
  }

  private String sentence(Delivery delivery) {
    String rule = labels.rule(delivery.rule());
    if (delivery.status().equals("NO_TARGET")) {
      return rule + " matched, but has no target";
    }
    String to = rule + " -> " + labels.target(delivery.target()) + ": ";
    String tries = delivery.attempts() + (delivery.attempts() == 1 ? " attempt" : " attempts");
    return to
        + switch (delivery.status()) {
          case "DELIVERED" -> delivery.attempts() > 1 ? "delivered after " + tries : "delivered";
          case "PENDING" ->
              delivery.attempts() == 0
                  ? "not attempted yet"
                  : tries + " failed" + next(delivery.nextAttempt()) + why(delivery);
          case "DEAD_LETTERED" -> "in the dead-letter queue after " + tries + why(delivery);
          default ->
              delivery.isSecondHop()
                  ? "not forwarded a second time"
                  : "dropped after " + tries + why(delivery);
        };
  }

  private static String next(@Nullable Object at) {
    return at == null ? "" : ", the next one is at " + at;
  }

  private static String why(Delivery delivery) {
    return delivery.error().isEmpty() ? "" : ", " + delivery.error();
  }
}
