package dev.onboard.local.call;

import java.util.List;

/**
 * A service to which the buses bring events without an operation of its API, as AWS does it for the
 * rules that services manage.
 */
public interface EventTaker {
  /**
   * Takes events, inside the write in which they are accepted; it must not wait for anything.
   *
   * @param target the ARN of the service's resource that is the rule's target
   * @param events the events, each a JSON object
   */
  void take(String target, List<String> events);
}
