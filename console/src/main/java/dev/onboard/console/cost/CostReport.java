package dev.onboard.console.cost;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a span of time costs.
 *
 * @param subject what it is about, such as an import's file
 * @param importId the import whose span it is, if it is one's
 * @param users how many users it made
 * @param notes what must be known to read it, as sentences
 */
public record CostReport(
    String subject,
    @Nullable String importId,
    Instant from,
    Instant to,
    Bill bill,
    PlainDesign plain,
    long users,
    List<String> notes,
    Prices prices) {
  private static final double THOUSAND = 1000;

  /** So much of a sum as falls on a thousand users; null if there were none. */
  public @Nullable Double perThousand(double dollars) {
    return users == 0 ? null : dollars / users * THOUSAND;
  }
}
