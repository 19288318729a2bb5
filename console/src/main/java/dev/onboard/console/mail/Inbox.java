package dev.onboard.console.mail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the inbox.
 *
 * @param count of all mails, whether they are shown or not
 * @param search what the addresses shown contain
 * @param newest where the first page is, if this is another one
 * @param older where the next page is, if there is one
 */
public record Inbox(
    List<Row> rows,
    long count,
    @Nullable String search,
    @Nullable String newest,
    @Nullable String older) {

  /** A mail and where it is read. */
  public record Row(Mail mail, String href) {}
}
