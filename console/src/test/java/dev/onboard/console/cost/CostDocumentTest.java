package dev.onboard.console.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.onboard.console.cost.PlainDesign.Work;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What docs/cost.md says is what is reckoned from the run that it tells of. */
class CostDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/cost.md");
  private static final int USERS = 36_000;
  private static final int MILLION = 1_000_000;

  private final Prices prices = Prices.load();

  @Test
  void document_saysWhatTheStackCosts() throws IOException {
    assertThat(table("## A million users")).isEqualTo(rows(bill()));
  }

  @Test
  void document_saysWhatThePlainDesignCosts() throws IOException {
    PlainDesign plain = PlainDesign.of(new Work(USERS, USERS), used(), prices, Used::resource);
    assertThat(table("## The plain design")).isEqualTo(rows(plain.bill()));
  }

  @Test
  void document_namesThePricesDate() throws IOException {
    assertThat(Files.readString(DOCUMENT))
        .contains("list prices of " + prices.region() + ", as of " + prices.date());
  }

  @Test
  void document_saysWhatThingsAreFor() throws IOException {
    Bill bill = bill();
    double mailEvents =
        of(bill, "opt-in-events", "default") + of(bill, "logged-bytes", "SentMailsLog");
    double users = of(bill, "write-units", "UsersTable");
    double mails = of(bill, "write-units", "MailsTable");
    double imports = of(bill, "write-units", "ImportsTable");
    double audit = of(bill, "logged-bytes", "AuditLog");
    double sent = of(bill, "logged-bytes", "SentMailsLog");
    double logs = bill.dollars("logs") * MILLION / USERS;
    double time = all(bill, "duration-arm") + all(bill, "express-duration");
    assertThat(Files.readString(DOCUMENT))
        .contains(
            said("users %s, mail ledger %s, batches and counters %s", users, mails, imports),
            said("sent mails %s, audit log %s, functions %s", sent, audit, logs - audit - sent),
            said("- %s: telling of every mail", mailEvents),
            // A unit of two for each user, and as many for the claims of their mails.
            said("- %s: [transactions](", users),
            said("- %s: the audit log.", audit),
            said("- %s: the archive.", all(bill, "archived-bytes")),
            said("Ten times as long would be %s more.", 9 * time));
  }

  private static String said(String format, Object... dollars) {
    return String.format(
        format, Arrays.stream(dollars).map(d -> String.format(Locale.ROOT, "$%.2f", d)).toArray());
  }

  private static double all(Bill bill, String usage) {
    return bill.services().stream()
        .flatMap(s -> s.lines().stream())
        .filter(l -> l.price().usage().equals(usage))
        .mapToDouble(l -> l.dollars() * MILLION / USERS)
        .sum();
  }

  private Bill bill() throws IOException {
    return Bill.of(used(), prices, Used::resource);
  }

  /** Dollars of one resource, for a million users. */
  private static double of(Bill bill, String usage, String resource) {
    return bill.services().stream()
        .flatMap(s -> s.lines().stream())
        .filter(l -> l.price().usage().equals(usage))
        .flatMap(l -> l.parts().stream())
        .filter(p -> p.resource().equals(resource))
        .mapToDouble(p -> p.dollars() * MILLION / USERS)
        .sum();
  }

  /** The first four cells of the rows that a bill must have in the document. */
  private static List<List<String>> rows(Bill bill) {
    var rows = new ArrayList<List<String>>();
    for (Bill.Service service : bill.services()) {
      for (Bill.Line line : service.lines()) {
        rows.add(
            List.of(
                service.title() + ": " + line.price().label(),
                Money.price(line.price()),
                Money.quantity(line.quantity()),
                million(line.dollars())));
      }
    }
    rows.add(List.of("**without the mails**", "", "", bold(bill.withoutMails())));
    rows.add(List.of("**in all**", "", "", bold(bill.dollars())));
    return rows;
  }

  private static String bold(double dollars) {
    return "**" + million(dollars) + "**";
  }

  private static String million(double dollars) {
    return String.format(Locale.ROOT, "$%.2f", dollars * MILLION / USERS);
  }

  private static List<List<String>> table(String heading) throws IOException {
    String text = Files.readString(DOCUMENT);
    String section = text.substring(text.indexOf(heading) + heading.length());
    return section
        .substring(0, section.indexOf("\n## "))
        .lines()
        .filter(line -> line.startsWith("| "))
        // The heads and the line below them.
        .skip(2)
        .map(line ->
            Arrays.stream(line.substring(1).split("\\|")).map(String::strip).limit(4).toList())
        .toList();
  }

  /** What the import used, by what the template calls the resources. */
  private static List<Used> used() throws IOException {
    var json = new ObjectMapper();
    var used = new ArrayList<Used>();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                CostDocumentTest.class.getResourceAsStream("reference-run.jsonl"),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        used.add(Used.of(json.readTree(line)));
      }
    }
    return used;
  }
}
