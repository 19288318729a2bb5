package dev.onboard.console.mail;

import dev.onboard.console.web.Link;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One mail as its page shows it.
 *
 * @param tabs the forms in which it can be read
 * @param shown the form in which it is
 * @param frame where its HTML is, to be framed
 * @param cause the event that it was sent for, as far as the bus still knows it
 * @param tags what its sender tagged it with, each with its page
 * @param links to what else is known of whom it was sent to
 */
public record Letter(
    Mail mail,
    List<Tab> tabs,
    Form shown,
    String frame,
    @Nullable Link cause,
    List<Tag> tags,
    List<Link> links) {

  /** Its subject, which a mail may be without. */
  public String title() {
    return mail.subject().isBlank() ? "Mail without a subject" : mail.subject();
  }

  /** How a mail can be read. */
  public enum Form {
    HTML("HTML"),
    TEXT("Text"),
    HEADERS("Headers");

    private final String title;

    Form(String title) {
      this.title = title;
    }

    public String title() {
      return title;
    }
  }

  /** A way to read it. */
  public record Tab(String title, String href, boolean isCurrent) {}

  /** A tag of its sender. */
  public record Tag(String name, Link value) {}
}
