package dev.onboard.local.gateway;

import com.sun.net.httpserver.HttpExchange;
import dev.onboard.local.wire.Outgoing;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The answer of an exchange of the JDK's server. */
final class ExchangeAnswer implements Outgoing {
  private static final int PIECE = 16_384;

  private final HttpExchange exchange;
  private boolean sent;

  ExchangeAnswer(HttpExchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public void send(int status, Map<String, String> headers, byte[] body) throws IOException {
    boolean bodiless = body.length == 0 || status == 204 || status == 304 || isHead();
    begin(status, headers, bodiless ? -1 : body.length, body.length);
    if (!bodiless) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void stream(int status, Map<String, String> headers, long length, InputStream body)
      throws IOException {
    boolean bodiless = length == 0 || isHead();
    begin(status, headers, bodiless ? -1 : length, length);
    if (!bodiless) {
      copy(body, exchange.getResponseBody());
    }
  }

  private static void copy(InputStream body, OutputStream out) throws IOException {
    byte[] piece = new byte[PIECE];
    for (int n = body.read(piece); n >= 0; n = body.read(piece)) {
      try {
        out.write(piece, 0, n);
      } catch (IOException e) {
        throw new BrokenOffException(e);
      }
    }
  }

  private void begin(int status, Map<String, String> headers, long sending, long length)
      throws IOException {
    sent = true;
    headers.forEach(exchange.getResponseHeaders()::set);
    if (isHead() && !headers.containsKey("Content-Length")) {
      exchange.getResponseHeaders().set("Content-Length", Long.toString(length));
    }
    exchange.sendResponseHeaders(status, sending);
  }

  private boolean isHead() {
    return exchange.getRequestMethod().equals("HEAD");
  }

  void failUnlessSent(Exception e) throws IOException {
    if (!sent) {
      send(
          500,
          Map.of("Content-Type", "text/plain"),
          String.valueOf(e).getBytes(StandardCharsets.UTF_8));
    }
  }
}
