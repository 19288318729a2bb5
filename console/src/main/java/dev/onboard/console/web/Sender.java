package dev.onboard.console.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Sends answers over HTTP, with what every answer must say. */
final class Sender {
  /** What a page may load: what comes from here, and nothing that stands in the page itself. */
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

  private static final Map<String, String> ALWAYS =
      Map.of(
          "Content-Security-Policy", CONTENT_SECURITY_POLICY,
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cache-Control", "no-store");

  /** Less than what goes over the wire in one piece is not worth it. */
  private static final int WORTH_PACKING = 1400;

  private static final int OK = 200;

  private final HttpExchange exchange;

  Sender(HttpExchange exchange) {
    this.exchange = exchange;
  }

  void send(Payload payload) throws IOException {
    switch (payload) {
      case Document document -> send(document);
      case Download download -> send(download);
    }
  }

  private void send(Download download) throws IOException {
    headers(download.headers());
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(OK, -1);
      return;
    }
    exchange.sendResponseHeaders(OK, 0);
    // What fails from here on ends the connection: half a file must not pass for a whole one.
    download.body().writeTo(exchange.getResponseBody());
  }

  private void send(Document document) throws IOException {
    headers(document.headers());
    byte[] body = packed(document);
    boolean hasBody = body.length > 0 && !exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(document.status(), hasBody ? body.length : -1);
    if (hasBody) {
      exchange.getResponseBody().write(body);
    }
  }

  /** Begins an answer that has no end yet. */
  OutputStream stream(String contentType) throws IOException {
    headers(Map.of("Content-Type", contentType));
    exchange.sendResponseHeaders(OK, 0);
    return exchange.getResponseBody();
  }

  private void headers(Map<String, String> own) {
    Headers headers = exchange.getResponseHeaders();
    ALWAYS.forEach(headers::set);
    own.forEach(headers::set);
  }

  private byte[] packed(Document document) throws IOException {
    String type = document.headers().getOrDefault("Content-Type", "");
    String accepted = String.valueOf(exchange.getRequestHeaders().getFirst("Accept-Encoding"));
    byte[] body = document.body();
    if (body.length < WORTH_PACKING || !isText(type) || !accepted.contains("gzip")) {
      return body;
    }
    var packed = new ByteArrayOutputStream(body.length / 3);
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(body);
    }
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Encoding", "gzip");
    headers.add("Vary", "Accept-Encoding");
    return packed.toByteArray();
  }

  private static boolean isText(String type) {
    return type.startsWith("text/") || type.startsWith("image/svg") || type.contains("json");
  }
}
