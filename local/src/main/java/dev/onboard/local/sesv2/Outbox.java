package dev.onboard.local.sesv2;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The mails that were sent, as they are kept. */
final class Outbox {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A mail that is to be kept. */
  record Sent(Envelope envelope, Letter letter, String id) {}

  void keep(Tx tx, List<Sent> sent, Instant now) {
    long number = tx.number("SELECT max(id) FROM ses_mail");
    var mails = new ArrayList<@Nullable Object[]>(sent.size());
    var recipients = new ArrayList<@Nullable Object[]>(sent.size());
    for (Sent mail : sent) {
      Envelope envelope = mail.envelope();
      long id = ++number;
      mails.add(
          new @Nullable Object[] {
            id,
            mail.id(),
            now,
            envelope.from(),
            recipients(envelope),
            mail.letter().subject(),
            mail.letter().text(),
            mail.letter().html(),
            headers(mail.letter()),
            tags(envelope.tags()),
            envelope.configurationSet()
          });
      envelope.recipients().stream()
          .map(Addresses::key)
          .distinct()
          .forEach(key -> recipients.add(new Object[] {key, id}));
    }
    tx.insertAll(
        "INSERT INTO ses_mail(id, message_id, sent_at, sender, recipients, subject, text, html,"
            + " headers, tags, configuration_set)",
        mails);
    tx.insertAll("INSERT INTO ses_recipient", recipients);
  }

  private static String recipients(Envelope envelope) {
    ObjectNode node = JSON.createObjectNode();
    envelope.to().forEach(node.putArray("to")::add);
    envelope.cc().forEach(node.putArray("cc")::add);
    envelope.bcc().forEach(node.putArray("bcc")::add);
    return node.toString();
  }

  private static String headers(Letter letter) {
    ArrayNode array = JSON.createArrayNode();
    letter.headers().forEach(h -> array.addArray().add(h.name()).add(h.value()));
    return array.toString();
  }

  private static String tags(Map<String, String> tags) {
    ObjectNode node = JSON.createObjectNode();
    tags.forEach(node::put);
    return node.toString();
  }
}
