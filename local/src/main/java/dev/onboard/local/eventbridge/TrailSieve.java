package dev.onboard.local.eventbridge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.event.ruler.Machine;

/**
 * Which events of the trail are wanted; what is empty or null lets all of them pass.
 *
 * @param source a part of their source, in any case
 * @param detailType a part of their detail-type, in any case
 * @param pattern an event pattern that they match
 * @param rule a rule that took them
 * @param outcome what became of them
 * @param numbers those that alone may be wanted, newest first
 */
public record TrailSieve(
    String source,
    String detailType,
    @Nullable String pattern,
    @Nullable String rule,
    @Nullable Outcome outcome,
    @Nullable List<Long> numbers) {
  public static final TrailSieve ALL = new TrailSieve("", "", null, null, null, null);

  private static final JsonFactory FACTORY = new JsonFactory();

  /** What became of an event. */
  public enum Outcome {
    /** No rule matched it. */
    UNMATCHED,
    /** A delivery is still to come. */
    PENDING,
    /** A dead-letter queue has it. */
    DEAD_LETTERED,
    /** A delivery was given up and nobody has it. */
    DROPPED
  }

  /** The pattern, ready to be held against events; null if there is none. */
  @Nullable Machine machine() {
    if (pattern == null) {
      return null;
    }
    var machine = new Machine();
    try {
      machine.addRule("wanted", pattern);
      return machine;
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException("pattern must be an event pattern: " + e.getMessage(), e);
    }
  }

  /** Whether what an event says of itself is what is wanted. */
  boolean passesHead(String json) {
    if (source.isEmpty() && detailType.isEmpty()) {
      return true;
    }
    try (JsonParser parser = FACTORY.createParser(json)) {
      parser.nextToken();
      boolean passes = true;
      while (passes && parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "detail-type" -> passes = contains(parser.getText(), detailType);
          case "source" -> {
            return contains(parser.getText(), source);
          }
          default -> parser.skipChildren();
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("an event on a bus must be JSON", e);
    }
  }

  private static boolean contains(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }
}
