package dev.onboard.local.sesv2;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.call.Call;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.sesv2.model.EventType;

/**
 * The events of the mails of one call (SES developer guide, "Contents of event data that Amazon SES
 * publishes"): collected, and then put onto the default bus in the write that keeps the mails.
 */
final class MailEvents {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final Environment env;
  private final EventBridgeClient events;
  private final Set<EventType> published;
  private final Instant now;
  private final String time;
  private final List<PutEventsRequestEntry> entries = new ArrayList<>();

  MailEvents(Environment env, EventBridgeClient events, Set<EventType> published) {
    this.env = env;
    this.events = events;
    this.published = published;
    this.now = env.clock().now();
    this.time = MILLIS.format(now);
  }

  /** A mail as its events describe it. */
  final class Described {
    private final Envelope envelope;
    private final ObjectNode mail = JSON.createObjectNode();

    private Described(Envelope envelope, String identity, String messageId, List<Header> headers) {
      this.envelope = envelope;
      mail.put("timestamp", time);
      mail.put("source", envelope.from());
      mail.put("sourceArn", env.arn("ses", "identity/" + identity));
      mail.put("sendingAccountId", env.account());
      mail.put("messageId", messageId);
      envelope.recipients().forEach(mail.putArray("destination")::add);
      mail.put("headersTruncated", false);
      ArrayNode list = mail.putArray("headers");
      headers.forEach(h -> list.addObject().put("name", h.name()).put("value", h.value()));
      common(mail.putObject("commonHeaders"), messageId, headers);
      tags(mail.putObject("tags"));
    }

    private void common(ObjectNode common, String messageId, List<Header> headers) {
      for (Header header : headers) {
        switch (header.name().toLowerCase(Locale.ROOT)) {
          case "from" -> common.putArray("from").add(header.value());
          case "to" -> envelope.to().forEach(common.putArray("to")::add);
          case "cc" -> envelope.cc().forEach(common.putArray("cc")::add);
          case "reply-to" -> envelope.replyTo().forEach(common.putArray("replyTo")::add);
          case "date" -> common.put("date", header.value());
          case "subject" -> common.put("subject", header.value());
          default -> {
            // The others are not common.
          }
        }
      }
      common.put("messageId", messageId);
    }

    private void tags(ObjectNode tags) {
      Call call = Call.current();
      String ip = call.origin() == null ? "127.0.0.1" : call.origin().sourceIp();
      tags.putArray("ses:operation").add(envelope.operation());
      if (envelope.configurationSet() != null) {
        tags.putArray("ses:configuration-set").add(envelope.configurationSet());
      }
      tags.putArray("ses:source-ip").add(ip);
      tags.putArray("ses:from-domain").add(Addresses.domain(envelope.from()));
      tags.putArray("ses:caller-identity").add(identity(call.caller()));
      for (Map.Entry<String, String> tag : envelope.tags().entrySet()) {
        tags.putArray(tag.getKey()).add(tag.getValue());
      }
    }

    void sent() {
      if (published.contains(EventType.SEND)) {
        ObjectNode detail = JSON.createObjectNode().put("eventType", "Send");
        detail.set("mail", mail);
        detail.putObject("send");
        add("Email Sent", detail);
      }
    }

    void delivered(List<String> recipients) {
      if (published.contains(EventType.DELIVERY)) {
        ObjectNode detail = JSON.createObjectNode().put("eventType", "Delivery");
        ObjectNode described = mail.deepCopy();
        described.withObject("/tags").putArray("ses:outgoing-ip").add("127.0.0.1");
        detail.set("mail", described);
        ObjectNode delivery = detail.putObject("delivery");
        delivery.put("timestamp", time);
        delivery.put("processingTimeMillis", 0);
        recipients.forEach(delivery.putArray("recipients")::add);
        delivery.put("smtpResponse", "250 2.0.0 OK kept by the local runtime");
        delivery.put("reportingMTA", "localhost");
        add("Email Delivered", detail);
      }
    }

    void bounced(String recipient, Bounce bounce) {
      if (published.contains(EventType.BOUNCE)) {
        ObjectNode detail = JSON.createObjectNode().put("eventType", "Bounce");
        ObjectNode node = detail.putObject("bounce");
        node.put("feedbackId", feedbackId());
        node.put("bounceType", bounce.type());
        node.put("bounceSubType", bounce.subType());
        ObjectNode who = node.putArray("bouncedRecipients").addObject();
        who.put("emailAddress", recipient);
        if (bounce.diagnosis() != null) {
          who.put("action", "failed");
          who.put("status", "5.1.1");
          who.put("diagnosticCode", bounce.diagnosis());
        }
        node.put("timestamp", time);
        node.put("reportingMTA", "dns; localhost");
        detail.set("mail", mail);
        add("Email Bounced", detail);
      }
    }

    void complained(String recipient) {
      if (published.contains(EventType.COMPLAINT)) {
        ObjectNode detail = JSON.createObjectNode().put("eventType", "Complaint");
        ObjectNode node = detail.putObject("complaint");
        node.put("feedbackId", feedbackId());
        node.putNull("complaintSubType");
        node.putArray("complainedRecipients").addObject().put("emailAddress", recipient);
        node.put("timestamp", time);
        node.put("userAgent", "Amazon SES Mailbox Simulator");
        node.put("complaintFeedbackType", "abuse");
        node.put("arrivalDate", time);
        detail.set("mail", mail);
        add("Email Complaint Received", detail);
      }
    }

    void rejected(String reason) {
      if (published.contains(EventType.REJECT)) {
        ObjectNode detail = JSON.createObjectNode().put("eventType", "Reject");
        detail.set("mail", mail);
        detail.putObject("reject").put("reason", reason);
        add("Email Rejected", detail);
      }
    }

    void notRendered(String template, String message) {
      if (published.contains(EventType.RENDERING_FAILURE)) {
        ObjectNode detail = JSON.createObjectNode().put("eventType", "Rendering Failure");
        detail.set("mail", mail);
        detail.putObject("failure").put("errorMessage", message).put("templateName", template);
        add("Email Rendering Failed", detail);
      }
    }

    private void add(String detailType, ObjectNode detail) {
      entries.add(
          PutEventsRequestEntry.builder()
              .time(now)
              .source("aws.ses")
              .detailType(detailType)
              .resources(env.arn("ses", "configuration-set/" + envelope.configurationSet()))
              .detail(detail.toString())
              .build());
    }

    private String feedbackId() {
      return MessageIds.next(now);
    }
  }

  Described describe(Envelope envelope, String identity, String messageId, List<Header> headers) {
    return new Described(envelope, identity, messageId, headers);
  }

  /** Whether anything of a mail would be published at all. */
  boolean wanted() {
    return !published.isEmpty();
  }

  /** Puts what was collected onto the default bus; fails the write if an event is not taken. */
  void publish() {
    if (entries.isEmpty()) {
      return;
    }
    PutEventsResponse response = events.putEvents(b -> b.entries(entries));
    if (response.failedEntryCount() != null && response.failedEntryCount() > 0) {
      throw new IllegalStateException(
          "the default bus did not take the events of a mail: " + response.entries());
    }
  }

  private static String identity(Principal caller) {
    return switch (caller) {
      case Principal.User user -> user.name();
      case Principal.RoleSession role ->
          role.roleArn().substring(role.roleArn().lastIndexOf('/') + 1);
      case Principal.Service service -> service.host();
    };
  }
}
