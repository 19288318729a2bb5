package dev.onboard.console.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of something that was done, told on the page that comes after it.
 *
 * <p>The page's address names the notice, so that nobody else's link can put words on a page.
 */
public final class Notices {
  private static final String PARAMETER = "notice";
  private static final int KEPT = 200;

  private final Map<String, Notice> kept =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Notice> eldest) {
          return size() > KEPT;
        }
      };

  /**
   * A notice.
   *
   * @param isGood whether it was done
   * @param lines what is to be said, a paragraph each
   */
  public record Notice(boolean isGood, List<String> lines) {
    public static Notice good(String line) {
      return new Notice(true, List.of(line));
    }

    public static Notice bad(String line) {
      return new Notice(false, List.of(line));
    }
  }

  /** Leads to a page that tells of it. */
  public synchronized Redirect tell(Notice notice, Url page) {
    String id = UUID.randomUUID().toString();
    kept.put(id, notice);
    return Redirect.to(page.with(PARAMETER, id));
  }

  /** What the page of a request has to tell; null if that is nothing. */
  public synchronized @Nullable Notice of(Request request) {
    String id = request.parameter(PARAMETER);
    return id == null ? null : kept.get(id);
  }
}
