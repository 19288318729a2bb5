package dev.onboard.local.eventbridge;

import dev.onboard.local.store.Tx;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** A kind of target: how it takes events. */
interface Channel {
  /**
   * Whether its intake is an insert or two, so that it is attempted in the write of PutEvents
   * itself; the others are attempted right after it.
   */
  boolean cheap();

  /** Whether each delivery has a record; what a service of AWS takes for itself has none. */
  default boolean recorded() {
    return true;
  }

  /**
   * Whether it waits for somebody outside of the runtime, so that an attempt must not be made in a
   * write of the store; see {@link OutsideAttempts}.
   */
  default boolean outside() {
    return false;
  }

  /**
   * When an attempt may be made that is due now, for a target that bounds their number; now if
   * nothing stands against it.
   */
  default Instant slot(Tx tx, Address address, Instant now) {
    return now;
  }

  /**
   * Attempts to deliver to one target, inside a write of the store unless it is {@link #outside}:
   * what a failed attempt did there is undone, what the others did stays.
   *
   * @return an outcome for each invocation, in order
   */
  List<Outcome> deliver(Address address, List<Invocation> invocations);

  /**
   * Where to.
   *
   * @param rule the rule through which
   */
  record Address(Target target, Input.Rule rule) {}

  /**
   * One event for a target.
   *
   * @param route the number of the rule and target that it goes to
   * @param payload what the target is sent
   */
  record Invocation(BusEvent event, long route, String payload) {
    /** A UUID that is the same for every attempt and for nothing else. */
    UUID key() {
      return UUID.nameUUIDFromBytes(
          (event.id() + ' ' + event.seq() + ' ' + route).getBytes(StandardCharsets.UTF_8));
    }
  }
}
