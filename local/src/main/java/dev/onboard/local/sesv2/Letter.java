package dev.onboard.local.sesv2;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is in a mail: its header fields, and its body as text, as HTML or as both. */
record Letter(String subject, @Nullable String text, @Nullable String html, List<Header> headers) {
  /** The test file of anti-virus software: SES rejects a mail that contains it. */
  private static final String EICAR = "EICAR-STANDARD-ANTIVIRUS-TEST-FILE";

  /** A letter that SES puts together itself. */
  static Letter compose(
      Envelope envelope,
      String subject,
      @Nullable String text,
      @Nullable String html,
      List<Header> more,
      String messageId,
      Instant now) {
    var headers = new ArrayList<Header>();
    headers.add(new Header("Date", date(now)));
    headers.add(new Header("From", envelope.from()));
    address(headers, "Reply-To", envelope.replyTo());
    address(headers, "To", envelope.to());
    address(headers, "Cc", envelope.cc());
    headers.add(new Header("Message-ID", "<" + messageId + "@email.amazonses.com>"));
    headers.add(new Header("Subject", subject));
    headers.add(new Header("MIME-Version", "1.0"));
    headers.add(new Header("Content-Type", contentType(text, html, messageId)));
    if (text == null || html == null) {
      headers.add(new Header("Content-Transfer-Encoding", "7bit"));
    }
    headers.addAll(more);
    return new Letter(subject, text, html, headers);
  }

  /** What a template gives, without anybody to send it to. */
  static Letter preview(
      String subject, @Nullable String text, @Nullable String html, String messageId, Instant now) {
    var headers =
        List.of(
            new Header("Date", date(now)),
            new Header("Message-ID", "<" + messageId + "@email.amazonses.com>"),
            new Header("Subject", subject),
            new Header("MIME-Version", "1.0"),
            new Header("Content-Type", contentType(text, html, messageId)));
    return new Letter(subject, text, html, headers);
  }

  private static void address(List<Header> headers, String name, List<String> addresses) {
    if (!addresses.isEmpty()) {
      headers.add(new Header(name, String.join(", ", addresses)));
    }
  }

  private static String contentType(
      @Nullable String text, @Nullable String html, String messageId) {
    if (text != null && html != null) {
      return "multipart/alternative;  boundary=\"" + boundary(messageId) + "\"";
    }
    return html == null ? "text/plain; charset=UTF-8" : "text/html; charset=UTF-8";
  }

  private static String boundary(String messageId) {
    return "----=_Part_" + messageId.substring(0, 16);
  }

  private static String date(Instant time) {
    return DateTimeFormatter.RFC_1123_DATE_TIME
        .format(time.atOffset(ZoneOffset.UTC))
        .replace("GMT", "+0000");
  }

  Optional<String> header(String name) {
    return headers.stream()
        .filter(h -> h.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }

  /** Whether SES would find something bad in it. */
  boolean isBad() {
    return (text != null && text.contains(EICAR)) || (html != null && html.contains(EICAR));
  }

  /** The letter as it would go over the wire. */
  String mime(String messageId) {
    var mime = new StringBuilder();
    headers.forEach(h -> mime.append(h.name()).append(": ").append(h.value()).append("\r\n"));
    mime.append("\r\n");
    if (text != null && html != null) {
      part(mime, messageId, "text/plain", text);
      part(mime, messageId, "text/html", html);
      mime.append("--").append(boundary(messageId)).append("--\r\n");
    } else {
      mime.append(text == null ? html : text);
    }
    return mime.toString();
  }

  private static void part(StringBuilder mime, String messageId, String type, String content) {
    mime.append("--")
        .append(boundary(messageId))
        .append("\r\nContent-Type: ")
        .append(type)
        .append("; charset=UTF-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\n")
        .append(content)
        .append("\r\n");
  }
}
