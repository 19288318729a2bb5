package dev.onboard.local.eventbridge;

import dev.onboard.local.call.Environment;
import dev.onboard.local.call.EventTaker;
import dev.onboard.local.call.Service;
import dev.onboard.local.usage.Chunks;
import dev.onboard.local.usage.Usage;
import java.util.Collections;
import java.util.List;

/** Discoverers of the schema registry, which see the events of a bus through a managed rule. */
final class DiscovererChannel implements Channel {
  private final Environment env;

  DiscovererChannel(Environment env) {
    this.env = env;
  }

  @Override
  public boolean cheap() {
    return true;
  }

  @Override
  public boolean recorded() {
    return false;
  }

  @Override
  public List<Outcome> deliver(Address address, List<Invocation> invocations) {
    Service schemas = env.services().named("schemas");
    Outcome outcome = Outcome.DELIVERED;
    if (schemas != null && schemas.implementation() instanceof EventTaker taker) {
      try {
        taker.take(
            address.target().arn(), invocations.stream().map(i -> i.event().json()).toList());
        count(invocations);
      } catch (RuntimeException e) {
        outcome = Failures.of(e);
      }
    } else {
      outcome = new Outcome.Failed("NO_RESOURCE", "There is no schema registry.", false);
    }
    return Collections.nCopies(invocations.size(), outcome);
  }

  private void count(List<Invocation> invocations) {
    String bus = invocations.getFirst().event().bus();
    long chunks =
        invocations.stream()
            .mapToLong(i -> Chunks.of(i.event().json(), EventMeter.KB_DISCOVERED))
            .sum();
    env.store().afterCommit(() -> env.meter().add(Usage.DISCOVERED_EVENTS, bus, chunks));
  }
}
