package dev.onboard.local.wire;

import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request as the protocols read it.
 *
 * @param path as sent, still percent-encoded
 * @param query decoded, in the order sent; a parameter without a value has the empty one
 * @param headers by their lower-case names
 * @param body decoded of what HTTP and the client wrapped around it
 */
public record HttpCall(
    String method,
    String path,
    Map<String, List<String>> query,
    Map<String, List<String>> headers,
    InputStream body) {

  public @Nullable String header(String name) {
    List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
    return values == null || values.isEmpty() ? null : values.getFirst();
  }

  public @Nullable String parameter(String name) {
    List<String> values = query.get(name);
    return values == null || values.isEmpty() ? null : values.getFirst();
  }

  /** The same with another path. */
  public HttpCall at(String otherPath) {
    return new HttpCall(method, otherPath, query, headers, body);
  }

  /** Reads the part of a URL after the question mark. */
  public static Map<String, List<String>> parseQuery(@Nullable String raw) {
    var query = new LinkedHashMap<String, List<String>>();
    if (raw != null && !raw.isEmpty()) {
      for (String pair : raw.split("&")) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        query
            .computeIfAbsent(decode(name.replace("+", "%20")), n -> new ArrayList<>())
            .add(decode(value.replace("+", "%20")));
      }
    }
    return query;
  }

  /** Decodes percent-encoding; a plus sign stays one. */
  static String decode(String text) {
    return text.indexOf('%') < 0
        ? text
        : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
