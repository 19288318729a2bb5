package dev.onboard.console.rules;

import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Link;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the buses.
 *
 * @param bus the only one that is shown
 * @param buses the names of all
 * @param search what the names of the rules shown have in them
 */
public record RulesPage(
    @Nullable String bus,
    List<String> buses,
    @Nullable String search,
    Reach reach,
    List<Bus> shown) {

  /**
   * A bus with its rules.
   *
   * @param count how many rules there are
   * @param more where the next ones are
   */
  public record Bus(String name, Link events, int count, List<Row> rules, @Nullable String more) {}

  /** A rule, with what it did. */
  public record Row(
      String name,
      String href,
      Badge state,
      String takes,
      List<Link> targets,
      long matched,
      long invoked,
      long failed,
      long deadLettered) {}

  public int count() {
    return shown.stream().mapToInt(Bus::count).sum();
  }
}
