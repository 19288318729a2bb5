package dev.onboard.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.console.cost.Bill;
import dev.onboard.console.cost.CostReport;
import dev.onboard.console.cost.Money;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A report of costs for a terminal, 80 columns wide, or as objects.
 *
 * @param byResource whether each usage is told by resource too
 */
record CostLines(CostReport report, boolean byResource) {
  private static final String ROW = "%-30s %9s %18s %10s %9s";
  private static final int TITLE = 30;

  void print(PrintWriter out) {
    out.println("What " + report.subject() + " would have cost on AWS.");
    out.println(
        report.from().truncatedTo(ChronoUnit.SECONDS)
            + " to "
            + report.to().truncatedTo(ChronoUnit.SECONDS)
            + String.format(Locale.ROOT, ", %,d users", report.users()));
    if (report.importId() != null) {
      out.println("import " + report.importId());
    }
    out.println();
    row(out, "", "quantity", "price", "cost", "per 1,000");
    print(out, report.bill());
    total(out, "total", report.bill().dollars());
    withoutMails(out, report.bill());
    out.printf("%nThe plain design: S3 -> Lambda -> SQS -> Lambda -> stream -> Lambda%n%n");
    print(out, report.plain().bill());
    total(out, "total", report.plain().bill().dollars());
    withoutMails(out, report.plain().bill());
    out.println();
    report.plain().assumptions().forEach(a -> Wrapped.print(out, "  - ", a));
    out.println();
    report.notes().forEach(n -> Wrapped.print(out, "", n));
  }

  private void withoutMails(PrintWriter out, Bill bill) {
    if (bill.withoutMails() < bill.dollars()) {
      total(out, "without the mails", bill.withoutMails());
    }
  }

  private void print(PrintWriter out, Bill bill) {
    for (Bill.Service service : bill.services()) {
      row(out, service.title(), "", "", money(service.dollars()), thousand(service.dollars()));
      for (Bill.Line line : service.lines()) {
        row(
            out,
            "  " + line.price().label(),
            Money.quantity(line.quantity()),
            Money.price(line.price()),
            money(line.dollars()),
            thousand(line.dollars()));
        if (byResource) {
          line.parts()
              .forEach(p ->
                  row(
                      out,
                      "    " + p.resource(),
                      Money.quantity(p.quantity()),
                      "",
                      money(p.dollars()),
                      thousand(p.dollars())));
        }
      }
    }
  }

  private void total(PrintWriter out, String what, double dollars) {
    row(out, what, "", "", money(dollars), thousand(dollars));
  }

  private static String money(double dollars) {
    return Money.dollars(dollars);
  }

  private String thousand(double dollars) {
    Double share = report.perThousand(dollars);
    return share == null ? "" : Money.dollars(share);
  }

  private static void row(
      PrintWriter out, String what, String quantity, String price, String cost, String thousand) {
    String first = what;
    if (what.length() > TITLE) {
      out.println(what);
      first = "";
    }
    out.println(
        String.format(Locale.ROOT, ROW, first, quantity, price, cost, thousand).stripTrailing());
  }

  /** The lines of both designs, and their totals. */
  List<ObjectNode> objects() {
    var objects = new ArrayList<ObjectNode>();
    add(objects, "onboard", report.bill());
    add(objects, "plain", report.plain().bill());
    return objects;
  }

  private void add(List<ObjectNode> objects, String design, Bill bill) {
    for (Bill.Service service : bill.services()) {
      for (Bill.Line line : service.lines()) {
        ObjectNode object =
            object(design, line.dollars())
                .put("service", service.name())
                .put("usage", line.price().usage())
                .put("quantity", line.quantity())
                .put("unit", line.price().unit())
                .put("price", line.price().dollars())
                .put("per", line.price().per());
        ArrayNode parts = object.putArray("resources");
        line.parts()
            .forEach(p ->
                parts
                    .addObject()
                    .put("resource", p.resource())
                    .put("quantity", p.quantity())
                    .put("dollars", p.dollars()));
        objects.add(object);
      }
    }
    objects.add(object(design, bill.dollars()).put("service", "total"));
  }

  private ObjectNode object(String design, double dollars) {
    return RuntimeEndpoint.JSON
        .createObjectNode()
        .put("design", design)
        .put("dollars", dollars)
        .put("dollarsPerThousandUsers", report.perThousand(dollars))
        .put("from", report.from().toString())
        .put("to", report.to().toString())
        .put("users", report.users());
  }
}
