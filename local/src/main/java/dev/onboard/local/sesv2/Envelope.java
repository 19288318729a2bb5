package dev.onboard.local.sesv2;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sesv2.model.Destination;
import software.amazon.awssdk.services.sesv2.model.MessageTag;

/**
 * From whom to whom, with what a sender attached.
 *
 * @param operation the name by which IAM and the events call the way it was sent
 */
record Envelope(
    String operation,
    String from,
    List<String> to,
    List<String> cc,
    List<String> bcc,
    List<String> replyTo,
    Map<String, String> tags,
    @Nullable String configurationSet) {
  private static final String IN_TAG_NAMES = "_-";
  private static final String IN_TAG_VALUES = "_.@-";

  static Envelope of(
      String operation,
      String from,
      @Nullable Destination destination,
      List<String> replyTo,
      Map<String, String> tags,
      @Nullable String configurationSet) {
    Destination to = destination == null ? Destination.builder().build() : destination;
    return new Envelope(
        operation,
        from,
        to.toAddresses(),
        to.ccAddresses(),
        to.bccAddresses(),
        replyTo,
        tags,
        configurationSet);
  }

  List<String> recipients() {
    var all = new ArrayList<>(to);
    all.addAll(cc);
    all.addAll(bcc);
    return all;
  }

  /** Refuses what SES would not take as recipients. */
  void checkRecipients() {
    List<String> all = recipients();
    if (all.isEmpty()) {
      throw SesErrors.badRequest("Recipient count exceeds the limit or no recipient was given.");
    }
    if (all.size() > Limits.RECIPIENTS) {
      throw SesErrors.badRequest("Recipient count exceeds " + Limits.RECIPIENTS + ".");
    }
    all.forEach(Addresses::check);
  }

  /** Whether a text has ASCII letters, digits and some others alone; a mail has many such texts. */
  private static boolean isOf(String text, String others) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (!plain && others.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Refuses tags that SES would, in its words. */
  static void checkTags(List<MessageTag> tags) {
    if (tags.size() > Limits.TAGS_OF_A_MAIL) {
      throw SesErrors.badRequest("Too many tags: at most " + Limits.TAGS_OF_A_MAIL + ".");
    }
    for (MessageTag tag : tags) {
      String name = tag.name();
      String value = tag.value();
      if (name == null || name.isEmpty()) {
        throw SesErrors.badRequest("The tag name must be specified.");
      }
      if (value == null || value.isEmpty()) {
        throw SesErrors.badRequest("The tag value must be specified.");
      }
      if (name.length() > Limits.TAG_LENGTH) {
        throw SesErrors.badRequest("Tag name cannot exceed 255 characters.");
      }
      if (value.length() > Limits.TAG_LENGTH) {
        throw SesErrors.badRequest("Tag value cannot exceed 255 characters.");
      }
      if (!isOf(name, IN_TAG_NAMES)) {
        throw SesErrors.badRequest(
            "Invalid tag name <"
                + name
                + ">: only alphanumeric ASCII characters, '_',  '-' are allowed.");
      }
      if (!isOf(value, IN_TAG_VALUES)) {
        throw SesErrors.badRequest(
            "Invalid tag value <"
                + value
                + ">: only alphanumeric ASCII characters, '_',  '-' , '.', '@' are allowed.");
      }
    }
  }
}
