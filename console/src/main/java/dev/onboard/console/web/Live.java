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

  /** A page that is costly to render rests so many times as long as that took. */
  private static final int RESTS = 4;

  /** After so many quiet rounds a word is said, to find out whether anybody listens. */
  private static final int QUIET = 60;

  private final Questions questions;
  private final CountDownLatch closed = new CountDownLatch(1);

  Live(Questions questions) {
    this.questions = questions;
  }

  /** Follows a page until whoever listens goes away. */
  void follow(OutputStream out, Supplier<String> page) throws IOException {
    write(out, "retry: 2000\n\n");
    String last = "";
    long seen = -1;
    Duration rest;
    int quiet = 0;
    do {
      long began = System.nanoTime();
      long writes = writes();
      String now = writes == seen ? last : page.get();
      rest = Duration.ofNanos((System.nanoTime() - began) * RESTS);
      seen = writes;
      if (!now.equals(last)) {
        write(out, event(now));
        last = now;
        quiet = 0;
      } else if (++quiet % QUIET == 0) {
        write(out, ": still here\n\n");
      }
    } while (!isClosedWithin(rest.compareTo(PACE) < 0 ? PACE : rest));
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

  private static String event(String html) {
    var event = new StringBuilder(html.length() + 64);
    html.lines().forEach(line -> event.append("data: ").append(line).append('\n'));
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
