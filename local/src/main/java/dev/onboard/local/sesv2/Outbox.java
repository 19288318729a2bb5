package dev.onboard.local.sesv2;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.store.Tx;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;

/** The mails that were sent, as they are kept. */
final class Outbox {
  private static final ObjectMapper JSON = new ObjectMapper();

  void keep(Tx tx, Envelope envelope, Letter letter, String messageId, Instant now) {
    long mail =
        tx.insert(
            "INSERT INTO ses_mail(message_id, sent_at, sender, recipients, subject, text, html,"
                + " headers, tags, configuration_set) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            messageId,
            now,
            envelope.from(),
            recipients(envelope),
            letter.subject(),
            letter.text(),
            letter.html(),
            headers(letter),
            tags(envelope.tags()),
            envelope.configurationSet());
    var keys = new LinkedHashSet<String>();
    envelope.recipients().forEach(r -> keys.add(Addresses.key(r)));
    for (String key : keys) {
      tx.update("INSERT INTO ses_recipient VALUES (?, ?)", key, mail);
    }
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
