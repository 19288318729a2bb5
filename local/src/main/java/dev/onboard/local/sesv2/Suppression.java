package dev.onboard.local.sesv2;

import dev.onboard.local.store.Cached;
import dev.onboard.local.store.Row;
import dev.onboard.local.store.Store;
import dev.onboard.local.store.Tx;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sesv2.model.ListSuppressedDestinationsRequest;
import software.amazon.awssdk.services.sesv2.model.SuppressedDestination;
import software.amazon.awssdk.services.sesv2.model.SuppressedDestinationSummary;
import software.amazon.awssdk.services.sesv2.model.SuppressionListReason;

/** The account's suppression list: addresses to which nothing is delivered. */
final class Suppression {
  private final Cached<Boolean, Boolean> any;

  Suppression(Store store) {
    this.any = new Cached<>(store, "ses_suppressed");
  }

  void put(Tx tx, String address, @Nullable SuppressionListReason reason, Instant now) {
    Addresses.check(address == null ? "" : address);
    if (reason == null || reason == SuppressionListReason.UNKNOWN_TO_SDK_VERSION) {
      throw SesErrors.badRequest("Invalid suppression list reason.");
    }
    tx.update(
        "INSERT OR REPLACE INTO ses_suppressed VALUES (?, ?, ?)",
        Addresses.key(address),
        reason.toString(),
        now);
  }

  SuppressedDestination get(Tx tx, String address) {
    return tx.first(
            "SELECT * FROM ses_suppressed WHERE address = ?",
            r ->
                SuppressedDestination.builder()
                    .emailAddress(r.string("address"))
                    .reason(r.string("reason"))
                    .lastUpdateTime(r.instant("updated"))
                    .build(),
            Addresses.key(address))
        .orElseThrow(() -> missing(address));
  }

  void delete(Tx tx, String address) {
    if (tx.update("DELETE FROM ses_suppressed WHERE address = ?", Addresses.key(address)) == 0) {
      throw missing(address);
    }
  }

  private static RuntimeException missing(String address) {
    return SesErrors.notFound(
        "Email address " + address + " does not exist on your suppression list.");
  }

  List<SuppressedDestinationSummary> list(
      Tx tx, ListSuppressedDestinationsRequest request, Page page) {
    String reason = request.reasons().size() == 1 ? request.reasonsAsStrings().getFirst() : null;
    return tx.list(
        "SELECT * FROM ses_suppressed WHERE address > ?1 AND (?2 IS NULL OR reason = ?2)"
            + " AND (?3 IS NULL OR updated >= ?3) AND (?4 IS NULL OR updated <= ?4)"
            + " ORDER BY address LIMIT ?5",
        Suppression::summary,
        page.after(),
        reason,
        request.startDate(),
        request.endDate(),
        page.size() + 1);
  }

  private static SuppressedDestinationSummary summary(Row row) {
    return SuppressedDestinationSummary.builder()
        .emailAddress(row.string("address"))
        .reason(row.string("reason"))
        .lastUpdateTime(row.instant("updated"))
        .build();
  }

  /** Whether a mail to that address is held back, given the reasons that count. */
  boolean suppressed(Tx tx, String address, List<String> reasons) {
    return !reasons.isEmpty()
        && any.get(tx, true, t -> t.exists("SELECT 1 FROM ses_suppressed LIMIT 1"))
        && tx.first(
                "SELECT reason FROM ses_suppressed WHERE address = ?",
                r -> reasons.contains(r.string(1)),
                Addresses.key(address))
            .orElse(false);
  }
}
