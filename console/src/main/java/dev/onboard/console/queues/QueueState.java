package dev.onboard.console.queues;

import dev.onboard.console.web.Figures;
import dev.onboard.console.web.Link;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * A queue and how it stands.
 *
 * @param title as the template calls it
 * @param oldest when the oldest of its messages was sent
 * @param now the runtime's time
 */
public record QueueState(
    String name,
    Link title,
    String url,
    Map<QueueAttributeName, String> attributes,
    Connections connections,
    @Nullable Instant oldest,
    Instant now) {
  /** As many as anybody reads in a row of a table. */
  private static final int FEW = 3;

  String arn() {
    return attributes.getOrDefault(QueueAttributeName.QUEUE_ARN, "");
  }

  public long visible() {
    return number(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES);
  }

  public long inFlight() {
    return number(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);
  }

  public long delayed() {
    return number(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED);
  }

  public long all() {
    return visible() + inFlight() + delayed();
  }

  public boolean isFifo() {
    return name.endsWith(".fifo");
  }

  public Kind kind() {
    return connections.kind();
  }

  /** Whether something waits that nobody but a person will see to. */
  public boolean isAlarming() {
    return all() > 0 && (kind() == Kind.DEAD_LETTERS || kind() == Kind.QUARANTINE);
  }

  /** How old the oldest message is; empty without one. */
  public String age() {
    return oldest == null ? "" : Figures.age(Duration.between(oldest, now));
  }

  public String retention() {
    return seconds(QueueAttributeName.MESSAGE_RETENTION_PERIOD);
  }

  public String visibility() {
    return seconds(QueueAttributeName.VISIBILITY_TIMEOUT);
  }

  private String seconds(QueueAttributeName name) {
    return Figures.age(Duration.ofSeconds(number(name)));
  }

  private long number(QueueAttributeName name) {
    return Long.parseLong(attributes.getOrDefault(name, "0"));
  }

  public List<Connections.Reader> readers() {
    return connections.readers();
  }

  public List<Link> senders() {
    return connections.senders();
  }

  /** Whose failures end here. */
  public List<Link> failing() {
    return connections.failing().stream().map(Connections.Failing::link).toList();
  }

  /** The first of them. */
  public List<Link> fewFailing() {
    return failing().subList(0, Math.min(FEW, failing().size()));
  }

  public int moreFailing() {
    return failing().size() - fewFailing().size();
  }
}
