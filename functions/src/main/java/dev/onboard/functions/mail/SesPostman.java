package dev.onboard.functions.mail;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.BulkEmailEntry;
import software.amazon.awssdk.services.sesv2.model.BulkEmailEntryResult;
import software.amazon.awssdk.services.sesv2.model.MessageTag;
import software.amazon.awssdk.services.sesv2.model.SendBulkEmailResponse;

/**
 * SES: one SendBulkEmail call for up to 50 mails of one template, each tagged with its event, user,
 * import and attempt so that SES's own events tell which mail they are about.
 */
public final class SesPostman implements Postman {

  private final SesV2Client ses;
  private final String sender;
  private final String template;
  private final String configurationSet;

  public SesPostman(SesV2Client ses, String sender, String template, String configurationSet) {
    this.ses = ses;
    this.sender = sender;
    this.template = template;
    this.configurationSet = configurationSet;
  }

  @Override
  public List<Result> send(List<WelcomeMail> mails, String attempt) {
    List<BulkEmailEntry> entries = mails.stream().map(mail -> entry(mail, attempt)).toList();
    try {
      SendBulkEmailResponse answer =
          ses.sendBulkEmail(bulk ->
              bulk.fromEmailAddress(sender)
                  .configurationSetName(configurationSet)
                  .defaultContent(content ->
                      content.template(named -> named.templateName(template).templateData("{}")))
                  .bulkEmailEntries(entries));
      return answer.bulkEmailEntryResults().stream().map(SesPostman::result).toList();
    } catch (SdkServiceException e) {
      // SES answers 4xx before it accepts anything; after a 5xx nobody knows.
      String reason = e.getClass().getSimpleName() + ": " + e.getMessage();
      return all(
          mails, e.statusCode() < 500 ? new Result.NotSent(reason) : new Result.Unknown(reason));
    } catch (SdkClientException e) {
      return all(mails, new Result.Unknown(String.valueOf(e.getMessage())));
    }
  }

  private static List<Result> all(List<WelcomeMail> mails, Result result) {
    List<Result> results = new ArrayList<>(mails.size());
    mails.forEach(mail -> results.add(result));
    return results;
  }

  private static BulkEmailEntry entry(WelcomeMail mail, String attempt) {
    List<MessageTag> tags = new ArrayList<>(4);
    tags.add(tag("eventId", mail.eventId()));
    tags.add(tag("userId", mail.userId()));
    tags.add(tag("attempt", attempt));
    if (mail.importId() != null) {
      tags.add(tag("importId", mail.importId()));
    }
    String data = data(mail).toString();
    return BulkEmailEntry.builder()
        .destination(to -> to.toAddresses(mail.email()))
        .replacementTags(tags)
        .replacementEmailContent(
            content -> content.replacementTemplate(own -> own.replacementTemplateData(data)))
        .build();
  }

  private static MessageTag tag(String name, String value) {
    return MessageTag.builder().name(name).value(value).build();
  }

  /**
   * The template's data. SES escapes nothing in HTML, so what goes there is given escaped, under
   * names of its own.
   */
  static ObjectNode data(WelcomeMail mail) {
    String name = mail.name() == null ? "" : mail.name();
    String greeting = name.isEmpty() ? "Hello" : "Hello " + name;
    return JsonNodeFactory.instance
        .objectNode()
        .put("email", mail.email())
        .put("emailHtml", html(mail.email()))
        .put("name", name)
        .put("nameHtml", html(name))
        .put("greeting", greeting)
        .put("greetingHtml", html(greeting));
  }

  static String html(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }

  private static Result result(BulkEmailEntryResult entry) {
    String reason = entry.statusAsString() + (entry.error() == null ? "" : ": " + entry.error());
    return switch (entry.status()) {
      case SUCCESS -> new Result.Accepted(entry.messageId());
      case MESSAGE_REJECTED, INVALID_PARAMETER -> new Result.Refused(reason);
      default -> new Result.NotSent(reason);
    };
  }
}
