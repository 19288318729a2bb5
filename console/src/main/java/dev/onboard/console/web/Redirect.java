package dev.onboard.console.web;

import java.util.HashMap;
import java.util.Map;

/**
 * Sends the browser to another page; what follows a request that changed something.
 *
 * @param headers more headers, such as a cookie
 */
public record Redirect(String location, Map<String, String> headers) implements Answer {
  public static Redirect to(Url url) {
    return new Redirect(url.toString(), Map.of());
  }

  Document document() {
    var all = new HashMap<>(headers);
    all.put("Location", location);
    return new Document(303, all, new byte[0]);
  }
}
