package dev.onboard.local.sesv2;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a mail comes back. */
record Bounce(String type, String subType, @Nullable String diagnosis) {
  static final Bounce UNKNOWN_USER =
      new Bounce("Permanent", "General", "smtp; 550 5.1.1 user unknown");
  static final Bounce OUT_OF_OFFICE = new Bounce("Transient", "General", null);
  static final Bounce SUPPRESSED =
      new Bounce(
          "Permanent",
          "Suppressed",
          "Amazon SES has suppressed sending to this address because it has a recent history of"
              + " bouncing as an invalid address. For more information about how to remove an"
              + " address from the suppression list, see the Amazon SES Developer Guide:"
              + " https://docs.aws.amazon.com/ses/latest/DeveloperGuide/remove-from-suppressionlist.html"
              + " ");
  static final Bounce SUPPRESSED_BY_ACCOUNT =
      new Bounce(
          "Permanent",
          "OnAccountSuppressionList",
          "Amazon SES did not send the message to this address because it is on the suppression"
              + " list for your account. For more information about removing addresses from the"
              + " suppression list, see the Amazon SES Developer Guide at"
              + " https://docs.aws.amazon.com/ses/latest/DeveloperGuide/sending-email-suppression-list.html");

  /** What becomes of a mail to an address of the mailbox simulator, or to any other. */
  enum Fate {
    DELIVERED,
    BOUNCED,
    COMPLAINED,
    SUPPRESSED,
    ANSWERED;

    static Fate of(String address) {
      String key = Addresses.key(address);
      if (!Addresses.domain(key).equals("simulator.amazonses.com")) {
        return DELIVERED;
      }
      String local = key.substring(0, key.indexOf('@')).toLowerCase(Locale.ROOT);
      int label = local.indexOf('+');
      return switch (label < 0 ? local : local.substring(0, label)) {
        case "bounce" -> BOUNCED;
        case "complaint" -> COMPLAINED;
        case "suppressionlist" -> SUPPRESSED;
        case "ooto" -> ANSWERED;
        case "success" -> DELIVERED;
        default -> BOUNCED;
      };
    }
  }
}
