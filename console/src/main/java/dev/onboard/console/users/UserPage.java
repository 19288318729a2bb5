package dev.onboard.console.users;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.stack.MailItem;
import dev.onboard.console.stack.UserItem;
import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Link;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A user.
 *
 * @param created null if the item does not say when
 * @param origin what made the user, with its page
 * @param mail what is known of the welcome mail; null if nothing is
 * @param letter the mail itself, with its page
 * @param links to what else tells of the user
 * @param item as the table has it
 */
public record UserPage(
    UserItem user,
    @Nullable Instant created,
    Link origin,
    @Nullable MailItem mail,
    @Nullable Link letter,
    List<Link> links,
    JsonNode item,
    String command) {

  /** How the welcome mail stands. */
  public Badge badge() {
    return switch (mail == null ? "" : mail.status()) {
      case "" -> new Badge("no mail yet", "wait");
      case "SENT" -> new Badge("mail sent", "good");
      case "CLAIMED" -> new Badge("mail is being sent", "busy");
      case "UNDELIVERABLE" -> new Badge("undeliverable", "bad");
      default -> new Badge("mail " + String.valueOf(mail.status()).toLowerCase(Locale.ROOT), "");
    };
  }
}
