package dev.onboard.console.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request as pages read it.
 *
 * @param segments the parts of the path below the console, decoded
 * @param variables the parts that stand for a {@code {name}} of the route
 * @param query the parameters, decoded; of a repeated one the first counts
 * @param headers by their lower-case names
 */
public record Request(
    String method,
    List<String> segments,
    Map<String, String> variables,
    Map<String, String> query,
    Map<String, String> headers,
    InputStream body) {
  private static final int LARGEST_FORM = 1024 * 1024;

  static Request of(HttpExchange exchange) {
    var headers = new HashMap<String, String>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    String path = exchange.getRequestURI().getRawPath();
    return new Request(
        exchange.getRequestMethod(),
        segments(path.substring(Math.min(path.length(), Url.ROOT.length()))),
        Map.of(),
        pairs(exchange.getRequestURI().getRawQuery()),
        headers,
        exchange.getRequestBody());
  }

  Request with(Map<String, String> newVariables) {
    return new Request(method, segments, newVariables, query, headers, body);
  }

  /** The part of the path that stands for a {@code {name}} of the route. */
  public String variable(String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no {" + name + "}");
    }
    return value;
  }

  /** A parameter of the query string; null if it is missing or empty. */
  public @Nullable String parameter(String name) {
    String value = query.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  /** A parameter that is a number; null if it is missing. */
  public @Nullable Long number(String name) {
    String value = parameter(name);
    try {
      return value == null ? null : Long.valueOf(value);
    } catch (NumberFormatException e) {
      throw Refusal.badRequest(name + " must be a number, not " + value);
    }
  }

  public @Nullable String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }

  public @Nullable String cookie(String name) {
    String cookies = header("Cookie");
    for (String cookie : cookies == null ? new String[0] : cookies.split(";")) {
      String[] pair = cookie.strip().split("=", 2);
      if (pair.length == 2 && pair[0].equals(name)) {
        return pair[1];
      }
    }
    return null;
  }

  /** The fields of a form that was posted. */
  public Map<String, String> form() {
    try {
      byte[] bytes = body.readNBytes(LARGEST_FORM + 1);
      if (bytes.length > LARGEST_FORM) {
        throw Refusal.badRequest("The form is larger than " + LARGEST_FORM + " bytes.");
      }
      return pairs(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a script asks for what is within the page. */
  boolean wantsFragment() {
    return header("HX-Request") != null && header("HX-History-Restore-Request") == null;
  }

  /** Whether a script listens for what becomes of the page. */
  boolean wantsStream() {
    return String.valueOf(header("Accept")).contains("text/event-stream");
  }

  private static List<String> segments(String path) {
    var segments = new ArrayList<String>();
    for (String segment : path.split("/", -1)) {
      segments.add(decode(segment.replace("+", "%2B")));
    }
    // A slash at the end makes no other page.
    while (!segments.isEmpty() && segments.getLast().isEmpty()) {
      segments.removeLast();
    }
    return segments;
  }

  private static Map<String, String> pairs(@Nullable String encoded) {
    var pairs = new LinkedHashMap<String, String>();
    for (String pair : encoded == null ? new String[0] : PAIRS.split(encoded)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      pairs.putIfAbsent(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
    }
    return pairs;
  }

  private static final Pattern PAIRS = Pattern.compile("&");

  /** What is not encoded as it should be stands for itself. */
  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
