package dev.onboard.console.story;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened, or is still to happen.
 *
 * @param at when it began; null if nobody knows any more
 * @param took how long it took, if it took time of its own
 * @param service where, such as {@code DynamoDB}
 * @param what in one sentence without a full stop
 * @param details what there is to know beside, a sentence each
 * @param links the pages that show more
 * @param command the command of the AWS CLI that shows the same, or ours where AWS has none
 */
public record Step(
    @Nullable Instant at,
    @Nullable Duration took,
    String service,
    String what,
    State state,
    List<String> details,
    List<Reference> links,
    @Nullable String command) {

  /** How it went. */
  public enum State {
    OK,
    /** It is not over. */
    WAITING,
    /** It went well at a later attempt. */
    RETRIED,
    FAILED,
    /** There was nothing to do, or nobody did anything. */
    IGNORED
  }

  static Builder of(String service, String what) {
    return new Builder(service, what);
  }

  /** Puts a step together. */
  static final class Builder {
    private final String service;
    private final String what;
    private final List<String> details = new ArrayList<>();
    private final List<Reference> links = new ArrayList<>();
    private @Nullable Instant at;
    private @Nullable Duration took;
    private @Nullable String command;
    private State state = State.OK;

    private Builder(String service, String what) {
      this.service = service;
      this.what = what;
    }

    Builder at(@Nullable Instant time) {
      at = time;
      return this;
    }

    /** A step that has an end, or none yet. */
    Builder between(Instant from, @Nullable Instant to) {
      at = from;
      took = to == null ? null : Duration.between(from, to);
      return this;
    }

    Builder took(@Nullable Duration duration) {
      took = duration;
      return this;
    }

    Builder state(State how) {
      state = how;
      return this;
    }

    Builder detail(String sentence) {
      details.add(sentence);
      return this;
    }

    Builder details(List<String> sentences) {
      details.addAll(sentences);
      return this;
    }

    Builder link(Reference link) {
      if (!links.contains(link)) {
        links.add(link);
      }
      return this;
    }

    Builder command(String shown) {
      command = shown;
      return this;
    }

    Step build() {
      return new Step(
          at, took, service, what, state, List.copyOf(details), List.copyOf(links), command);
    }
  }
}
