package dev.onboard.console.cost.page;

import dev.onboard.console.cost.Bill;
import dev.onboard.console.cost.CostReport;
import dev.onboard.console.cost.Money;
import dev.onboard.console.web.Link;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The costs of a span of time or of an import.
 *
 * @param span what was chosen, which an import's own span overrules
 * @param stack the one that was chosen, null for the usual one
 * @param byResource whether each usage is told by resource too
 * @param links to the import, if it is about one
 */
public record CostPage(
    CostReport report, Span span, @Nullable String stack, boolean byResource, List<Link> links) {

  /** What falls on a thousand users; empty if there were none. */
  public String perThousand(double dollars) {
    Double share = report.perThousand(dollars);
    return share == null ? "" : Money.dollars(share);
  }

  /** Whether mails are part of a bill, which they outweigh by far. */
  public static boolean hasMails(Bill bill) {
    return bill.withoutMails() < bill.dollars();
  }
}
