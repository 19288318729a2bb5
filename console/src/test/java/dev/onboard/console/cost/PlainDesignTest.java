package dev.onboard.console.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.console.cost.PlainDesign.Work;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The same work in the plain design. */
class PlainDesignTest {
  private static final double KB = 1 / 1024.0 / 1024;

  @Test
  void plainDesign_isComputedFromTheRun() {
    PlainDesign plain =
        PlainDesign.of(
            new Work(95, 90),
            List.of(
                new Used("lambda", "requests-arm", "InspectUploadFunction", 1),
                new Used("lambda", "requests-arm", "StoreUsersFunction", 3),
                new Used("lambda", "duration-arm", "InspectUploadFunction", 0.5),
                new Used("lambda", "duration-arm", "ValidateRowsFunction", 0.25),
                new Used("lambda", "duration-arm", "StoreUsersFunction", 1),
                new Used("lambda", "duration-arm", "SendWelcomeMailFunction", 2),
                new Used("lambda", "duration-arm", "RecordMailOutcomeFunction", 100),
                new Used("logs", "logged-bytes", "StoreUsersLog", 6 * KB),
                new Used("logs", "logged-bytes", "InspectUploadLog", 2 * KB),
                new Used("logs", "logged-bytes", "AuditLog", 1000),
                new Used("logs", "logged-bytes", "SentMailsLog", 1000),
                new Used("dynamodb", "write-units", "UsersTable", 180),
                new Used("events", "custom-events", "EventBus", 90),
                new Used("ses", "mails", "", 81)),
            Prices.load(),
            Used::resource);
    // One reads, ten store, nine mail; 2 KB of log each.
    assertThat(quantities(plain))
        .containsOnlyKeys(
            "lambda requests-arm",
            "lambda duration-arm",
            "dynamodb write-units",
            "s3 tier-1-requests",
            "s3 tier-2-requests",
            "sqs queue-requests",
            "ses mails",
            "logs logged-bytes")
        .containsEntry("lambda requests-arm", 20.0)
        .containsEntry("lambda duration-arm", 3.75)
        .containsEntry("dynamodb write-units", 90.0)
        .containsEntry("s3 tier-1-requests", 1.0)
        .containsEntry("sqs queue-requests", 30.0)
        .containsEntry("ses mails", 81.0)
        .hasEntrySatisfying(
            "logs logged-bytes", v -> assertThat(v).isCloseTo(40 * KB, Offset.offset(1e-12)));
    assertThat(plain.assumptions())
        .hasSize(4)
        .anyMatch(a -> a.startsWith("95 rows are queued"))
        .anyMatch(a -> a.startsWith("90 users are put once each"))
        .anyMatch(a -> a.endsWith("2,048 bytes"));
  }

  @Test
  void plainDesign_ofNothing_costsNothing() {
    PlainDesign plain = PlainDesign.of(new Work(0, 0), List.of(), Prices.load(), Used::resource);
    assertThat(plain.bill().services()).isEmpty();
    assertThat(plain.bill().dollars()).isZero();
  }

  private static Map<String, Double> quantities(PlainDesign plain) {
    var quantities = new TreeMap<String, Double>();
    plain.bill().services().stream()
        .flatMap(s -> s.lines().stream())
        .forEach(l -> quantities.put(l.price().service() + " " + l.price().usage(), l.quantity()));
    return quantities;
  }
}
