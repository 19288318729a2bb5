package dev.onboard.local.eventbridge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** An HTTP endpoint on this machine that writes down what it is asked and answers as it is told. */
final class Endpoint implements AutoCloseable {
  final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Deque<Answer> answers = new ConcurrentLinkedDeque<>();
  private final HttpServer server;
  private volatile @Nullable Held held;
  private volatile Answer otherwise = new Answer(200, "ok", Map.of());

  Endpoint() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  record Asked(String method, String uri, Map<String, String> headers, String body) {}

  record Answer(int status, String body, Map<String, String> headers) {}

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** The next answer. */
  Endpoint then(int status, String body, Map<String, String> headers) {
    answers.add(new Answer(status, body, headers));
    return this;
  }

  /** Every answer that was not said with {@link #then}. */
  void always(int status, String body) {
    otherwise = new Answer(status, body, Map.of());
  }

  /** Lets who asks next wait until what this gives is closed. */
  Held hold() {
    Held next = new Held();
    held = next;
    return next;
  }

  /** A request that waits. */
  static final class Held implements AutoCloseable {
    private final CountDownLatch came = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** Waits until there is one. */
    void await() throws InterruptedException {
      came.await();
    }

    @Override
    public void close() {
      released.countDown();
    }

    private void pass() {
      came.countDown();
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    var headers = new java.util.TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.add(
        new Asked(exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body));
    Held waiting = held;
    held = null;
    if (waiting != null) {
      waiting.pass();
    }
    Answer next = answers.poll();
    Answer answer = next == null ? otherwise : next;
    answer.headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    byte[] bytes = answer.body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
