package dev.onboard.console.queues;

import dev.onboard.console.web.Link;
import java.util.ArrayList;
import java.util.List;

/**
 * What a queue is connected to.
 *
 * @param senders rules and topics that send to it
 * @param readers what is invoked with its messages
 * @param failing whose failures end in it
 */
public record Connections(List<Link> senders, List<Reader> readers, List<Failing> failing) {

  /**
   * An event source mapping.
   *
   * @param state as Lambda says it, such as {@code Enabled}
   */
  public record Reader(Link function, String state) {
    public boolean isAtWork() {
      return state.equals("Enabled");
    }
  }

  /**
   * What sends what it could not deliver or do.
   *
   * @param arn of what it is: a queue, a function, a rule, a bus, a subscription
   */
  public record Failing(String arn, Link link) {
    boolean isOf(String service) {
      return arn.split(":")[2].equals(service);
    }
  }

  static Connections none() {
    return new Connections(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  Kind kind() {
    if (!failing.isEmpty()) {
      return Kind.DEAD_LETTERS;
    } else if (!readers.isEmpty()) {
      return Kind.BUFFER;
    }
    return senders.isEmpty() ? Kind.QUEUE : Kind.QUARANTINE;
  }

  /** The queues whose dead letters come here, which SQS can move back. */
  boolean isRedrivable() {
    return failing.stream().anyMatch(f -> f.isOf("sqs"));
  }
}
