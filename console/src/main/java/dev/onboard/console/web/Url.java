package dev.onboard.console.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An address below the console, encoded as it must be.
 *
 * @param segments the parts of the path, as they are
 * @param query the part behind the path, encoded
 */
public record Url(List<String> segments, String query) {
  /** How all of them begin. */
  public static final String ROOT = "/_console/";

  /** The address of a page: {@code Url.of("mail", id)}. */
  public static Url of(String... segments) {
    return new Url(List.of(segments), "");
  }

  /** The address of a page with parameters. */
  public static Url of(List<String> segments, Map<String, String> parameters) {
    var url = new Url(segments, "");
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      url = url.with(parameter.getKey(), parameter.getValue());
    }
    return url;
  }

  /** The same as text, for templates. */
  public static String path(String... segments) {
    return of(segments).toString();
  }

  /** The address with a parameter; one without a value is left out. */
  public Url with(String name, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      return this;
    }
    return new Url(
        segments, query + (query.isEmpty() ? "?" : "&") + encode(name) + "=" + encode(value));
  }

  /** What a URL may hold as it is stays readable, ARNs above all. */
  private static String encode(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("%3A", ":")
        .replace("%40", "@");
  }

  @Override
  public String toString() {
    return segments.stream().map(Url::encode).collect(Collectors.joining("/", ROOT, query));
  }
}
