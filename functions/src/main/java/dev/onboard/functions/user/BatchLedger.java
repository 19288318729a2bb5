package dev.onboard.functions.user;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The account of an import: which batches were counted, and which were published. */
public interface BatchLedger {

  /**
   * What a batch came to.
   *
   * @param batch its key, made of the import and its first row
   */
  record Totals(
      String batch,
      String importId,
      int lastRow,
      int rows,
      int created,
      int existing,
      int rejected) {}

  /**
   * A batch that was counted before.
   *
   * @param publishedAt when all its events had been accepted by the bus, or null
   */
  record Counted(int lastRow, @Nullable String publishedAt) {}

  /**
   * Counts a batch on its import, unless it was counted before.
   *
   * @return what was counted before, if so
   */
  Optional<Counted> count(Totals totals);

  /** Those of the batches whose events have all been accepted by the bus. */
  Set<String> published(Collection<String> batches);
}
