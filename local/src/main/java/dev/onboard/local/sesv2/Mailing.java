package dev.onboard.local.sesv2;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import dev.onboard.local.store.Tx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sesv2.model.BulkEmailEntry;
import software.amazon.awssdk.services.sesv2.model.BulkEmailEntryResult;
import software.amazon.awssdk.services.sesv2.model.BulkEmailStatus;
import software.amazon.awssdk.services.sesv2.model.Content;
import software.amazon.awssdk.services.sesv2.model.EmailTemplateContent;
import software.amazon.awssdk.services.sesv2.model.Message;
import software.amazon.awssdk.services.sesv2.model.MessageHeader;
import software.amazon.awssdk.services.sesv2.model.MessageTag;
import software.amazon.awssdk.services.sesv2.model.SendBulkEmailRequest;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sesv2.model.Template;

/** Sends mails: one with its own content, or many from one template, all in one write. */
final class Mailing {
  private final Environment env;
  private final Dispatch.Tables tables;

  Mailing(Environment env, Dispatch.Tables tables) {
    this.env = env;
    this.tables = tables;
  }

  private EventBridgeClient eventBridge() {
    return env.client(EventBridgeClient.class, new Principal.Service("ses.amazonaws.com"));
  }

  String send(SendEmailRequest request) {
    refuse(request);
    Envelope.checkTags(request.emailTags());
    if (request.content() == null) {
      throw SesErrors.badRequest("The email content must be specified.");
    }
    if (request.content().raw() != null) {
      return sendRaw(request);
    }
    Message simple = request.content().simple();
    Template template = request.content().template();
    if ((simple == null) == (template == null)) {
      throw SesErrors.badRequest("Exactly one of Simple, Raw and Template must be specified.");
    }
    String from = from(request.fromEmailAddress());
    String operation = simple == null ? "SendTemplatedEmail" : "SendEmail";
    return dispatch(
        from,
        request.configurationSetName(),
        (tx, dispatch) -> {
          Envelope envelope =
              Envelope.of(
                  operation,
                  from,
                  request.destination(),
                  request.replyToAddresses(),
                  tags(request.emailTags()),
                  dispatch.configurationSet());
          envelope.checkRecipients();
          return dispatch.send(envelope, simple == null ? templated(tx, template) : simple(simple));
        });
  }

  private static void refuse(SendEmailRequest request) {
    String operation = "SendEmail";
    SesErrors.refuse(
        operation, "FeedbackForwardingEmailAddress", request.feedbackForwardingEmailAddress());
    SesErrors.refuse(
        operation,
        "FeedbackForwardingEmailAddressIdentityArn",
        request.feedbackForwardingEmailAddressIdentityArn());
    SesErrors.refuse(
        operation, "FromEmailAddressIdentityArn", request.fromEmailAddressIdentityArn());
    SesErrors.refuse(operation, "EndpointId", request.endpointId());
    SesErrors.refuse(operation, "TenantName", request.tenantName());
    SesErrors.refuse(operation, "ListManagementOptions", request.listManagementOptions());
  }

  private String sendRaw(SendEmailRequest request) {
    byte[] raw = request.content().raw().data().asByteArrayUnsafe();
    if (raw.length > Limits.MESSAGE_BYTES) {
      throw SesErrors.badRequest("Message length exceeds the maximum of 40 MB.");
    }
    Letter letter = Mime.parse(raw);
    String from =
        from(
            request.fromEmailAddress() == null
                ? letter.header("From").orElse(null)
                : request.fromEmailAddress());
    var tags = new LinkedHashMap<String, String>();
    letter.header("X-SES-MESSAGE-TAGS").ifPresent(text -> tags.putAll(headerTags(text)));
    tags.putAll(tags(request.emailTags()));
    String set =
        request.configurationSetName() == null
            ? letter.header("X-SES-CONFIGURATION-SET").orElse(null)
            : request.configurationSetName();
    return dispatch(
        from,
        set,
        (tx, dispatch) -> {
          Envelope envelope = rawEnvelope(request, letter, from, tags, dispatch);
          envelope.checkRecipients();
          return dispatch.send(envelope, new Dispatch.Raw(letter));
        });
  }

  private static Envelope rawEnvelope(
      SendEmailRequest request,
      Letter letter,
      String from,
      Map<String, String> tags,
      Dispatch dispatch) {
    String operation = "SendRawEmail";
    if (request.destination() != null) {
      return Envelope.of(
          operation,
          from,
          request.destination(),
          request.replyToAddresses(),
          tags,
          dispatch.configurationSet());
    }
    return new Envelope(
        operation,
        from,
        addresses(letter, "To"),
        addresses(letter, "Cc"),
        addresses(letter, "Bcc"),
        addresses(letter, "Reply-To"),
        tags,
        dispatch.configurationSet());
  }

  /** The addresses of a header; a comma in a quoted name separates none. */
  private static List<String> addresses(Letter letter, String header) {
    return letter
        .header(header)
        .map(value ->
            Arrays.stream(value.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)"))
                .map(String::trim)
                .filter(a -> !a.isEmpty())
                .toList())
        .orElse(List.of());
  }

  private static Map<String, String> headerTags(String text) {
    var tags = new LinkedHashMap<String, String>();
    for (String tag : text.split(",")) {
      String[] pair = tag.trim().split("=", 2);
      Envelope.checkTags(
          List.of(
              MessageTag.builder().name(pair[0]).value(pair.length == 2 ? pair[1] : "").build()));
      tags.put(pair[0], pair[1]);
    }
    return tags;
  }

  private static String from(@Nullable String address) {
    if (address == null || address.isEmpty()) {
      throw SesErrors.badRequest("The From email address must be specified.");
    }
    return address;
  }

  /** Composes mails in a read, then sends them. */
  private <T> T dispatch(
      String from, @Nullable String configurationSet, BiFunction<Tx, Dispatch, T> compose) {
    var answer = new ArrayList<T>(1);
    env.store()
        .read(tx -> {
          var dispatch = new Dispatch(env, eventBridge(), tables, tx, from, configurationSet);
          answer.add(compose.apply(tx, dispatch));
          return dispatch;
        })
        .finish();
    return answer.getFirst();
  }

  private static Map<String, String> tags(List<MessageTag> tags) {
    var map = new LinkedHashMap<String, String>();
    tags.forEach(t -> map.put(t.name(), t.value()));
    return map;
  }

  private static Dispatch.Simple simple(Message message) {
    if (!message.attachments().isEmpty()) {
      throw SesErrors.unsupported("SendEmail", "Attachments");
    }
    if (message.subject() == null || message.body() == null) {
      throw SesErrors.badRequest("The subject and the body must be specified.");
    }
    String text = data(message.body().text());
    String html = data(message.body().html());
    if (text == null && html == null) {
      throw SesErrors.badRequest("The body must have a text or an html part.");
    }
    String subject = data(message.subject());
    return new Dispatch.Simple(
        subject == null ? "" : subject, text, html, headers(message.headers()));
  }

  private static @Nullable String data(@Nullable Content content) {
    return content == null ? null : content.data();
  }

  private static List<Header> headers(List<MessageHeader> headers) {
    return headers.stream().map(h -> new Header(h.name(), h.value())).toList();
  }

  private Dispatch.Templated templated(Tx tx, Template template) {
    if (!template.attachments().isEmpty()) {
      throw SesErrors.unsupported("SendEmail", "Attachments");
    }
    EmailTemplateContent content = content(tx, template);
    return new Dispatch.Templated(
        name(template),
        Renderer.of(content),
        Renderer.data(template.templateData()),
        headers(template.headers()));
  }

  private static String name(Template template) {
    String arn = template.templateArn();
    return template.templateName() != null
        ? template.templateName()
        : arn != null ? arn.substring(arn.lastIndexOf('/') + 1) : "inline";
  }

  private EmailTemplateContent content(Tx tx, Template template) {
    if (template.templateContent() != null) {
      return template.templateContent();
    }
    if (template.templateName() == null && template.templateArn() == null) {
      throw SesErrors.badRequest("The template must be specified.");
    }
    return tables.templates().get(tx, name(template));
  }

  List<BulkEmailEntryResult> sendBulk(SendBulkEmailRequest request) {
    refuse(request);
    Envelope.checkTags(request.defaultEmailTags());
    int entries = request.bulkEmailEntries().size();
    if (entries == 0 || entries > Limits.BULK_DESTINATIONS) {
      throw SesErrors.badRequest(
          "The number of bulk email entries must be between 1 and "
              + Limits.BULK_DESTINATIONS
              + ".");
    }
    if (request.defaultContent() == null || request.defaultContent().template() == null) {
      throw SesErrors.badRequest("The default content must be a template.");
    }
    String from = from(request.fromEmailAddress());
    return dispatch(
        from,
        request.configurationSetName(),
        (tx, dispatch) -> {
          Dispatch.Templated content = templated(tx, request.defaultContent().template());
          var results = new ArrayList<BulkEmailEntryResult>(entries);
          for (BulkEmailEntry entry : request.bulkEmailEntries()) {
            results.add(send(dispatch, request, content, from, entry));
          }
          return results;
        });
  }

  private static void refuse(SendBulkEmailRequest request) {
    String operation = "SendBulkEmail";
    SesErrors.refuse(
        operation, "FeedbackForwardingEmailAddress", request.feedbackForwardingEmailAddress());
    SesErrors.refuse(
        operation,
        "FeedbackForwardingEmailAddressIdentityArn",
        request.feedbackForwardingEmailAddressIdentityArn());
    SesErrors.refuse(
        operation, "FromEmailAddressIdentityArn", request.fromEmailAddressIdentityArn());
    SesErrors.refuse(operation, "EndpointId", request.endpointId());
    SesErrors.refuse(operation, "TenantName", request.tenantName());
  }

  /** One mail of many: what is wrong with it is its own result and stops no other. */
  private static BulkEmailEntryResult send(
      Dispatch dispatch,
      SendBulkEmailRequest request,
      Dispatch.Templated content,
      String from,
      BulkEmailEntry entry) {
    try {
      Envelope.checkTags(entry.replacementTags());
      var tags = tags(request.defaultEmailTags());
      tags.putAll(tags(entry.replacementTags()));
      Envelope envelope =
          Envelope.of(
              "SendBulkTemplatedEmail",
              from,
              entry.destination(),
              request.replyToAddresses(),
              tags,
              dispatch.configurationSet());
      envelope.checkRecipients();
      return BulkEmailEntryResult.builder()
          .status(BulkEmailStatus.SUCCESS)
          .messageId(dispatch.send(envelope, replaced(content, entry)))
          .build();
    } catch (AwsServiceException e) {
      return BulkEmailEntryResult.builder()
          .status(BulkEmailStatus.INVALID_PARAMETER)
          .error(AwsErrors.message(e))
          .build();
    }
  }

  private static Dispatch.Templated replaced(Dispatch.Templated content, BulkEmailEntry entry) {
    ObjectNode data = ((ObjectNode) content.data()).deepCopy();
    if (entry.replacementEmailContent() != null
        && entry.replacementEmailContent().replacementTemplate() != null) {
      data.setAll(
          Renderer.data(
              entry.replacementEmailContent().replacementTemplate().replacementTemplateData()));
    }
    var headers = new ArrayList<>(content.headers());
    for (MessageHeader header : entry.replacementHeaders()) {
      headers.removeIf(h -> h.name().equalsIgnoreCase(header.name()));
      headers.add(new Header(header.name(), header.value()));
    }
    return new Dispatch.Templated(content.template(), content.renderer(), data, headers);
  }
}
