package dev.onboard.console.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Usage with prices put to it. */
class BillTest {
  private static final Offset<Double> EXACT = Offset.offset(1e-15);

  private final Prices prices = Prices.load();

  @Test
  void bill_sumsUpByUsageAndService_inTheOrderOfThePrices() {
    Bill bill =
        bill(
            new Used("sqs", "queue-requests", "a", 1_000_000),
            new Used("events", "opt-in-events", "default", 500_000),
            new Used("events", "custom-events", "shop", 1_000_000),
            new Used("events", "custom-events", "other", 3_000_000));
    assertThat(bill.services())
        .extracting(Bill.Service::title)
        .containsExactly("EventBridge", "SQS");
    Bill.Service events = bill.services().getFirst();
    assertThat(events.lines())
        .extracting(l -> l.price().label())
        .containsExactly("custom events (64 KB)", "events of S3 and SES (64 KB)");
    assertThat(events.lines().getFirst().quantity()).isEqualTo(4_000_000);
    assertThat(events.lines().getFirst().parts())
        .containsExactly(
            new Bill.Part("other", 3_000_000, 3.0), new Bill.Part("shop", 1_000_000, 1.0));
    assertThat(events.dollars()).isCloseTo(4.5, EXACT);
    assertThat(bill.dollars()).isCloseTo(4.9, EXACT);
  }

  @Test
  void usageWithoutAPrice_isLeftOutAndNamed() {
    Bill bill = bill(new Used("sqs", "wishes", "a", 7), new Used("sqs", "wishes", "b", 7));
    assertThat(bill.services()).isEmpty();
    assertThat(bill.notPriced()).containsExactly("sqs wishes");
  }

  @Test
  void usageOfNoResource_hasNoParts() {
    Bill bill = bill(new Used("ses", "mails", "", 2000), new Used("sns", "topic-requests", "t", 1));
    assertThat(bill.services().get(1).lines().getFirst().parts()).isEmpty();
    assertThat(bill.dollars()).isCloseTo(0.2 + 0.0000005, EXACT);
    assertThat(bill.withoutMails()).isCloseTo(0.0000005, EXACT);
  }

  @Test
  void everyPrice_hasATitleAndIsPositive() {
    assertThat(prices.prices().values())
        .isNotEmpty()
        .allSatisfy(p -> {
          assertThat(p.title()).isNotBlank();
          assertThat(p.dollars()).isPositive();
          assertThat(p.per()).isPositive();
          assertThat(bill(new Used(p.service(), p.usage(), "", p.per())).dollars())
              .isCloseTo(p.dollars(), EXACT);
        });
  }

  private Bill bill(Used... used) {
    return Bill.of(List.of(used), prices, Used::resource);
  }
}
