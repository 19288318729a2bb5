package dev.onboard.local.sesv2;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.onboard.local.store.Row;
import dev.onboard.local.store.Store;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The mails that were sent, to be read: newest first, all of them or those to one address. */
public final class SentMails {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Store store;

  /**
   * Reads the mails of a store.
   *
   * @param store one in which {@link LocalSesV2} has been opened
   */
  public SentMails(Store store) {
    this.store = store;
  }

  /**
   * A mail that was sent.
   *
   * @param number its place in the order of sending; where the next page goes on
   * @param headers its header fields in order, each a name and a value
   * @param tags what its sender tagged it with
   */
  public record Mail(
      long number,
      String messageId,
      Instant at,
      String from,
      List<String> to,
      List<String> cc,
      List<String> bcc,
      String subject,
      @Nullable String text,
      @Nullable String html,
      List<Map.Entry<String, String>> headers,
      Map<String, String> tags,
      @Nullable String configurationSet) {}

  /**
   * A page of all mails.
   *
   * @param before the number of the last mail of the page before, {@link Long#MAX_VALUE} at first
   */
  public List<Mail> newest(int atMost, long before) {
    return store.read(tx ->
        tx.list(
            "SELECT * FROM ses_mail WHERE id < ? ORDER BY id DESC LIMIT ?",
            SentMails::mail,
            before,
            atMost));
  }

  /** A page of the mails to an address, whether it is a To, Cc or Bcc of them. */
  public List<Mail> to(String address, int atMost, long before) {
    return store.read(tx ->
        tx.list(
            "SELECT m.* FROM ses_recipient r CROSS JOIN ses_mail m ON m.id = r.mail"
                + " WHERE r.address = ? AND r.mail < ? ORDER BY r.mail DESC LIMIT ?",
            SentMails::mail,
            Addresses.key(address),
            before,
            atMost));
  }

  /** A page of the mails to addresses that contain a text, in whatever case. */
  public List<Mail> toAddressesWith(String text, int atMost, long before) {
    return store.read(tx ->
        tx.list(
            "SELECT * FROM ses_mail WHERE id IN"
                + " (SELECT mail FROM ses_recipient WHERE mail < ? AND instr(address, ?) > 0)"
                + " ORDER BY id DESC LIMIT ?",
            SentMails::mail,
            before,
            text.toLowerCase(Locale.ROOT),
            atMost));
  }

  /** A page of the mails that their sender gave a tag. */
  public List<Mail> tagged(String name, String value, int atMost, long before) {
    String tag = JSON.createObjectNode().put(name, value).toString();
    return store.read(tx ->
        tx.list(
            "SELECT * FROM ses_mail WHERE id < ? AND instr(tags, ?) > 0 ORDER BY id DESC LIMIT ?",
            SentMails::mail,
            before,
            // Without the braces of the object that it is a part of.
            tag.substring(1, tag.length() - 1),
            atMost));
  }

  /** The mail of a message id. */
  public Optional<Mail> find(String messageId) {
    return store.read(
        tx -> tx.first("SELECT * FROM ses_mail WHERE message_id = ?", SentMails::mail, messageId));
  }

  /** How many mails were sent at a time or later. */
  public long count(Instant since) {
    return store.read(tx -> tx.number("SELECT count(*) FROM ses_mail WHERE sent_at >= ?", since));
  }

  private static Mail mail(Row row) {
    JsonNode recipients = json(row.string("recipients"));
    var headers = new ArrayList<Map.Entry<String, String>>();
    for (JsonNode header : json(row.string("headers"))) {
      headers.add(Map.entry(header.get(0).asText(), header.get(1).asText()));
    }
    var tags = new LinkedHashMap<String, String>();
    json(row.string("tags")).properties().forEach(t -> tags.put(t.getKey(), t.getValue().asText()));
    return new Mail(
        row.number("id"),
        row.string("message_id"),
        row.instant("sent_at"),
        row.string("sender"),
        texts(recipients.get("to")),
        texts(recipients.get("cc")),
        texts(recipients.get("bcc")),
        row.string("subject"),
        row.stringOrNull("text"),
        row.stringOrNull("html"),
        headers,
        tags,
        row.stringOrNull("configuration_set"));
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(t -> texts.add(t.asText()));
    return texts;
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
