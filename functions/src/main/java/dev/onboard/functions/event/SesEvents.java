package dev.onboard.functions.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.functions.mail.Outcomes.Kind;
import dev.onboard.functions.mail.Outcomes.Outcome;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * SES's events about mails.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html">Contents
 *     of event data</a>
 */
public final class SesEvents {

  private SesEvents() {}

  /**
   * What an event of the bus says about a welcome mail.
   *
   * @return empty if the mail is none of ours or the event says nothing final
   * @throws IllegalArgumentException if the text is no such event
   */
  public static Optional<Outcome> outcome(String event) {
    JsonNode detail = EventJson.read(event).path("detail");
    JsonNode mail = detail.path("mail");
    String type = detail.path("eventType").asText("");
    String messageId = mail.path("messageId").asText("");
    if (type.isEmpty() || messageId.isEmpty()) {
      throw new IllegalArgumentException("an event of SES must have eventType and mail.messageId");
    }
    String userId = mail.path("tags").path("userId").path(0).asText("");
    if (userId.isEmpty()) {
      return Optional.empty();
    }
    Instant at = at(mail.path("timestamp").asText(""));
    return switch (type) {
      case "Send" -> Optional.of(new Outcome(userId, messageId, Kind.SENT, "Sent", at));
      case "Bounce" -> Optional.of(bounce(userId, messageId, detail.path("bounce"), at));
      case "Complaint" -> Optional.of(undeliverable(userId, messageId, "Complaint", at));
      case "Reject" -> Optional.of(undeliverable(userId, messageId, "Rejected by SES", at));
      default -> Optional.empty();
    };
  }

  /** A transient bounce, of a full mailbox for instance, says only that the mail was sent. */
  private static Outcome bounce(String userId, String messageId, JsonNode bounce, Instant at) {
    String kind = bounce.path("bounceType").asText("Undetermined");
    String what = "Bounce: " + kind + " " + bounce.path("bounceSubType").asText("");
    return kind.equals("Transient")
        ? new Outcome(userId, messageId, Kind.SENT, what.strip(), at)
        : undeliverable(userId, messageId, what.strip(), at);
  }

  private static Outcome undeliverable(String userId, String messageId, String what, Instant at) {
    return new Outcome(userId, messageId, Kind.UNDELIVERABLE, what, at);
  }

  private static Instant at(String timestamp) {
    try {
      return Instant.parse(timestamp);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("mail.timestamp must be a time but is " + timestamp, e);
    }
  }
}
