package dev.onboard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ImportSummaryTest {

  @Test
  void mailsSentAndRefused_leaveNoneToCome() {
    assertThat(summary(Map.of("created", 10, "mails", 7, "undeliverable", 2)).mailsToCome())
        .isEqualTo(1);
    assertThat(summary(Map.of("created", 10, "mails", 7, "undeliverable", 3)).mailsToCome())
        .isZero();
  }

  @Test
  void mailsOfAnEarlierTry_areNotMissedTwice() {
    assertThat(summary(Map.of("created", 1, "mails", 2)).mailsToCome()).isZero();
  }

  @Test
  void undeliverable_isToldOnlyIfThereAreAny() {
    assertThat(Progress.counts(summary(Map.of("created", 2, "mails", 1, "undeliverable", 1)), 1))
        .contains("1 mails, 1 undeliverable;");
    assertThat(Progress.counts(summary(Map.of("created", 2, "mails", 2)), 1))
        .contains("2 mails;")
        .doesNotContain("undeliverable");
  }

  private static ImportSummary summary(Map<String, Integer> numbers) {
    var item = new HashMap<String, AttributeValue>();
    item.put("importId", AttributeValue.fromS("i"));
    item.put("status", AttributeValue.fromS("COMPLETED"));
    numbers.forEach((name, n) -> item.put(name, AttributeValue.fromN(Integer.toString(n))));
    return ImportSummary.of(item);
  }
}
