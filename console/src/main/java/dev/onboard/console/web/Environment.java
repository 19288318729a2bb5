package dev.onboard.console.web;

import java.time.Instant;
import java.util.Map;

/**
 * What every page is given.
 *
 * @param sdk the services
 * @param questions what only the runtime knows
 * @param links the ways to other pages
 */
public record Environment(Sdk sdk, Questions questions, Links links) {

  /** What time it is in the runtime, whose clock may have been moved. */
  public Instant now() {
    return Instant.parse(questions.askOne("health", Map.of()).path("now").asText());
  }
}
