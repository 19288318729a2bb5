package dev.onboard.local.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class EventProperties {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Property
  void id_tellsTheNumberOfItsEvent(@ForAll @LongRange(min = 0, max = (1L << 40) - 1) long seq) {
    String id = BusEvent.id(seq);
    assertThat(id).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    assertThat(BusEvent.seqOf(id)).isEqualTo(seq);
  }

  @Property
  void event_isJsonOfWhatWasGiven(
      @ForAll String type,
      @ForAll String source,
      @ForAll @Size(max = 3) List<String> resources,
      @ForAll String value)
      throws Exception {
    String detail = JSON.createObjectNode().put("a", value).put("b", 1.5).toPrettyString();
    String json =
        BusEvent.json(
            BusEvent.id(1),
            type,
            source,
            "000000000000",
            Instant.parse("2026-01-01T00:00:00.5Z"),
            "us-east-1",
            resources,
            Details.object(detail));
    JsonNode tree = JSON.readTree(json);
    assertThat(tree.get("detail-type").asText()).isEqualTo(type);
    assertThat(tree.get("source").asText()).isEqualTo(source);
    assertThat(tree.get("time").asText()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(tree.get("detail")).isEqualTo(JSON.readTree(detail));
    assertThat(tree.get("resources")).isEqualTo(JSON.valueToTree(resources));
    assertThat(BusEvent.idOf(json)).isEqualTo(tree.get("id").asText());
    assertThat(JSON.readTree(BusEvent.replayed(json, "again")).get("replay-name").asText())
        .isEqualTo("again");
  }

  @Property
  void compactDetail_isTheSameJson_withoutSpaceBetweenTokens(@ForAll String key, @ForAll int n)
      throws Exception {
    String pretty =
        JSON.createObjectNode()
            .put(key, n)
            .set("list", JSON.createArrayNode().add(key).add(true))
            .toPrettyString();
    String compact = Details.object(pretty);
    assertThat(JSON.readTree(compact)).isEqualTo(JSON.readTree(pretty));
    assertThat(compact).isEqualTo(JSON.readTree(pretty).toString());
  }

  @Property(tries = 200)
  void block_holdsTheTextsOfItsEvents(
      @ForAll @Size(min = 1, max = 40) List<String> values,
      @ForAll @IntRange(max = 300) int padding,
      @ForAll @LongRange(min = 1, max = 1L << 39) long seq) {
    var events = new ArrayList<BusEvent>();
    for (int i = 0; i < values.size(); i++) {
      // Other writes take numbers in between, and a copy's number can be less than its original's.
      long number = seq + (i % 2 == 0 ? 3 * i : 200 - i);
      Instant now = Instant.EPOCH;
      String json = values.get(i) + ".".repeat(padding);
      events.add(new BusEvent(number, BusEvent.id(number), "default", now, now, 0, json));
    }
    EventBlock block = EventBlock.of(events);
    assertThat(block.number()).isEqualTo(events.stream().mapToLong(BusEvent::seq).max().orElse(0));
    assertThat(block.first()).isEqualTo(events.stream().mapToLong(BusEvent::seq).min().orElse(0));
    List<String> texts = block.texts().texts();
    assertThat(texts).hasSameSizeAs(events);
    assertThat(events)
        .allSatisfy(e -> assertThat(texts.get(block.place(e.seq()))).isEqualTo(encodable(e)));
  }

  /** Half a pair of surrogates cannot be written. */
  private static String encodable(BusEvent event) {
    return new String(event.json().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  @Property
  void settledRoutes_areReadAsTheyWereWritten(
      @ForAll List<@LongRange(min = 1) Long> delivered,
      @ForAll List<@LongRange(min = 1) Long> targetless) {
    var settled = new Settled(delivered, targetless);
    assertThat(Settled.of(settled.bytes())).isEqualTo(settled);
  }

  @Property(tries = 50)
  void retries_allFallIntoTheirAge(@ForAll @IntRange(min = 60, max = 86_400) int age) {
    Instant accepted = Instant.EPOCH;
    var schedule = new RetrySchedule(Limits.RETRIES, Duration.ofSeconds(age));
    Instant now = accepted;
    int attempts = 1;
    while (true) {
      var next = schedule.after(attempts, accepted, now, null);
      if (next.at().isEmpty()) {
        break;
      }
      assertThat(next.at().get()).isAfter(now).isBeforeOrEqualTo(accepted.plusSeconds(age));
      now = next.at().get();
      attempts++;
    }
    assertThat(attempts).isEqualTo(age == 86_400 ? Limits.RETRIES + 1 : attempts);
  }
}
