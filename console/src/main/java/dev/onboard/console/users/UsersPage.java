package dev.onboard.console.users;

import dev.onboard.console.stack.UserItem;
import dev.onboard.console.web.Link;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the users.
 *
 * @param count of all users, whether they are shown or not
 * @param text what is looked for; null for everybody
 * @param importId whose users are shown; null for everybody
 * @param lookedAt how many users were looked at to find these
 * @param first where the first page is, if this is another one
 * @param more where the next page is, if there is one
 */
public record UsersPage(
    List<Row> rows,
    long count,
    @Nullable String text,
    @Nullable String importId,
    @Nullable String stack,
    int lookedAt,
    @Nullable String first,
    @Nullable String more,
    List<String> commands) {

  /**
   * A user in the list.
   *
   * @param created null if the item does not say when
   * @param origin what made the user, with its page
   */
  public record Row(UserItem user, String href, @Nullable Instant created, Link origin) {}

  /** Whether anybody is left out. */
  public boolean isSearch() {
    return text != null || importId != null;
  }
}
