package dev.onboard.console.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Open pages that follow what happens, as server-sent events: a page is rendered again when the
 * runtime wrote something, and sent when it became another one.
 */
final class Live implements AutoCloseable {
  /** How soon a change is noticed, and how long a page rests between two renderings at least. */
  private static final Duration PACE = Duration.ofMillis(250);

  /** After so many quiet rounds a word is said, to find out whether anybody listens. */
  private static final int QUIET = 60;

  /** How many times as long as it was rendered a page rests. */
  private static final int SHARE = 4;

  private final Questions questions;
  private final CountDownLatch closed = new CountDownLatch(1);

  Live(Questions questions) {
    this.questions = questions;
  }

  /**
   * What became of a page.
   *
   * @param event {@code message} for its HTML, {@code elsewhere} for where it is now
   */
  record Update(String event, String text) {
    private static final String MESSAGE = "message";

    static Update page(String html) {
      return new Update(MESSAGE, html);
    }

    static Update elsewhere(String address) {
      return new Update("elsewhere", address);
    }
  }

  /** Follows a page until whoever listens goes away. */
  void follow(OutputStream out, Supplier<Update> page) throws IOException {
    write(out, "retry: 2000\n\n");
    Update last = Update.page("");
    long seen = -1;
    int quiet = 0;
    Duration rest = PACE;
    do {
      long writes = writes();
      Update now = last;
      if (writes != seen) {
        long began = System.nanoTime();
        now = page.get();
        rest = rest(Duration.ofNanos(System.nanoTime() - began));
      }
      seen = writes;
      if (!now.equals(last)) {
        write(out, event(now));
        last = now;
        quiet = 0;
      } else if (++quiet % QUIET == 0) {
        write(out, ": still here\n\n");
      }
    } while (!isClosedWithin(rest));
  }

  /** A page that takes long rests longer, so that looking on leaves the machine to what goes on. */
  private static Duration rest(Duration took) {
    Duration longer = took.multipliedBy(SHARE);
    return longer.compareTo(PACE) > 0 ? longer : PACE;
  }

  private long writes() {
    return questions.askOne("health", Map.of()).path("writes").asLong();
  }

  private boolean isClosedWithin(Duration time) {
    try {
      return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static String event(Update update) {
    var event = new StringBuilder(update.text.length() + 64);
    if (!update.event.equals(Update.MESSAGE)) {
      event.append("event: ").append(update.event).append('\n');
    }
    update.text.lines().forEach(line -> event.append("data: ").append(line).append('\n'));
    return event.append('\n').toString();
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Ends all that are followed. */
  @Override
  public void close() {
    closed.countDown();
  }
}
