package dev.onboard.console.mail;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mail that was sent.
 *
 * @param number its place in the order of sending
 * @param tags what its sender tagged it with
 */
public record Mail(
    long number,
    String id,
    Instant at,
    String from,
    List<String> to,
    List<String> cc,
    List<String> bcc,
    String subject,
    @Nullable String text,
    @Nullable String html,
    List<Header> headers,
    Map<String, String> tags) {

  /** A header field. */
  public record Header(String name, String value) {}

  static Mail of(JsonNode mail) {
    var headers = new ArrayList<Header>();
    for (JsonNode header : mail.path("headers")) {
      headers.add(new Header(header.path("name").asText(), header.path("value").asText()));
    }
    var tags = new LinkedHashMap<String, String>();
    mail.path("tags").properties().forEach(t -> tags.put(t.getKey(), t.getValue().asText()));
    return new Mail(
        mail.path("number").asLong(),
        mail.path("messageId").asText(),
        Instant.parse(mail.path("at").asText()),
        mail.path("from").asText(),
        texts(mail.path("to")),
        texts(mail.path("cc")),
        texts(mail.path("bcc")),
        mail.path("subject").asText(""),
        mail.path("text").textValue(),
        mail.path("html").textValue(),
        headers,
        tags);
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(t -> texts.add(t.asText()));
    return texts;
  }

  /** Everybody who got it, as one line. */
  public String recipients() {
    var all = new ArrayList<>(to);
    all.addAll(cc);
    all.addAll(bcc);
    return String.join(", ", all);
  }
}
