package dev.onboard.console.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the same work would cost in the plain design: S3 -> function -> queue -> function -> table's
 * stream -> function -> SES. One function reads the file and queues its rows, one stores them, one
 * mails whom the table's stream tells of. No bus, no workflow, no ledger.
 *
 * @param assumptions each with its numbers, as a sentence
 */
public record PlainDesign(Bill bill, List<String> assumptions) {
  /** Rows in a call that sends, receives or deletes, and in an invocation that stores. */
  static final int ROWS_A_CALL = 10;

  private static final String INSPECT = "InspectUploadFunction";
  private static final String LOG = "Log";

  /** Those that rules write, which the plain design has none of. */
  private static final Set<String> LOGS_OF_EVENTS = Set.of("AuditLog", "SentMailsLog");

  /**
   * What there was to do.
   *
   * @param rows how many rows were read
   * @param writes how many of them were users, new ones or not
   */
  record Work(long rows, long writes) {}

  /**
   * Computes it of a run of the stack.
   *
   * @param work what that run had to do
   * @param used what it used
   * @param names what the template calls a resource
   */
  static PlainDesign of(Work work, List<Used> used, Prices prices, Names names) {
    var run = new Run(used, names);
    var plain = new ArrayList<Used>();
    double calls = Math.ceil((double) work.rows / ROWS_A_CALL);
    double mails = run.sum("ses", "mails", "");
    double files = run.sum("lambda", "requests-arm", INSPECT);
    double time =
        run.seconds(INSPECT)
            + run.seconds("ValidateRowsFunction")
            + run.seconds("StoreUsersFunction")
            + run.seconds("RegisterUserFunction")
            + run.seconds("SendWelcomeMailFunction");
    double mailings = Math.ceil(mails / ROWS_A_CALL);
    double invocations = files + calls + mailings;
    plain.add(new Used("lambda", "requests-arm", "", invocations));
    plain.add(new Used("lambda", "duration-arm", "", time));
    plain.add(new Used("dynamodb", "write-units", "", work.writes));
    plain.add(new Used("s3", "tier-1-requests", "", files));
    plain.add(new Used("s3", "tier-2-requests", "", files));
    plain.add(new Used("sqs", "queue-requests", "", 3 * calls));
    plain.add(new Used("ses", "mails", "", mails));
    double logged = run.invocations() == 0 ? 0 : run.logged() / run.invocations();
    plain.add(new Used("logs", "logged-bytes", "", logged * invocations));
    plain.removeIf(u -> u.quantity() == 0);
    return new PlainDesign(
        Bill.of(plain, prices, Used::resource),
        List.of(
            said(
                "%,.0f rows are queued, received, deleted and stored %d at a time, and %,.0f mails"
                    + " sent, %d users an invocation",
                (double) work.rows, ROWS_A_CALL, mails, ROWS_A_CALL),
            said(
                "functions work as long as they did here: reading as InspectUpload, storing as"
                    + " ValidateRows, StoreUsers and RegisterUser, mailing as SendWelcomeMail"),
            said(
                "%,d users are put once each, as items of 1 KB; a put of one who exists costs the"
                    + " same, and Lambda reads a table's stream for nothing",
                work.writes),
            said("an invocation logs as much as one did here: %,.0f bytes", logged * (1L << 30))));
  }

  private static String said(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }

  /** What a run used, by what the template calls it. */
  private record Run(List<Used> used, Names names) {
    /** Of one resource, or of all together. */
    double sum(String service, String usage, String resource) {
      return used.stream()
          .filter(u -> u.service().equals(service) && u.usage().equals(usage))
          .filter(u -> resource.isEmpty() || names.of(u).equals(resource))
          .mapToDouble(Used::quantity)
          .sum();
    }

    double seconds(String function) {
      return sum("lambda", "duration-arm", function) + sum("lambda", "duration", function);
    }

    double invocations() {
      return sum("lambda", "requests-arm", "") + sum("lambda", "requests", "");
    }

    /** The gigabytes that functions logged. */
    double logged() {
      return used.stream()
          .filter(u -> u.service().equals("logs"))
          .filter(u -> names.of(u).endsWith(LOG))
          .filter(u -> !LOGS_OF_EVENTS.contains(names.of(u)))
          .mapToDouble(Used::quantity)
          .sum();
    }
  }
}
