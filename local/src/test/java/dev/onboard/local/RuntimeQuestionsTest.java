package dev.onboard.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** What the runtime tells that AWS has no API for. */
class RuntimeQuestionsTest {
  private LocalRuntime runtime;

  @BeforeEach
  void start(@TempDir Path data) throws IOException {
    runtime = LocalRuntime.start(data, 0);
    runtime.client(SesV2Client.class).createEmailIdentity(c -> c.emailIdentity("onboard.example"));
  }

  @AfterEach
  void stop() {
    runtime.close();
  }

  @Test
  void mail_isToldWithItsHeadersAndTags() {
    String id = send("Ada <Ada@Example.com>");
    ObjectNode mail = runtime.ask("mails", Map.of("id", id)).getFirst();
    assertThat(mail.at("/tags/eventId").asText()).isEqualTo("e-1");
    assertThat(mail.at("/bcc/0").asText()).isEqualTo("copy@example.com");
    assertThat(mail.path("headers"))
        .anySatisfy(header -> {
          assertThat(header.path("name").asText()).isEqualTo("Subject");
          assertThat(header.path("value").asText()).isEqualTo("Hello");
        });
    assertThat(runtime.ask("mails", Map.of("id", "other"))).isEmpty();
  }

  @Test
  void mails_areFoundByAPartOfAnAddress() {
    String first = send("Ada <Ada@Example.com>");
    String second = send("bob@example.org");
    assertThat(ids(Map.of("search", "EXAMPLE"))).containsExactly(second, first);
    assertThat(ids(Map.of("search", "ada@"))).containsExactly(first);
    assertThat(ids(Map.of("search", "COPY"))).containsExactly(second, first);
    assertThat(ids(Map.of("search", "%"))).isEmpty();
    long newest = runtime.ask("mails", Map.of("limit", "1")).getFirst().path("number").asLong();
    assertThat(ids(Map.of("search", "example", "before", "" + newest))).containsExactly(first);
  }

  @Test
  void counts_areOfATimeOrEver() {
    send("ada@example.com");
    Instant later = runtime.clock().now().plusSeconds(60);
    assertThat(count(Map.of())).isEqualTo(1);
    assertThat(count(Map.of("since", later.toString()))).isZero();
    assertThatThrownBy(() -> count(Map.of("since", "noon")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("since must be a time such as 2026-01-31T12:00:00Z, not noon");
  }

  @Test
  void events_areFoundByATextInThem() {
    String first = publish("{\"a\": \"needle\"}");
    publish("{\"a\": \"hay\"}");
    String last = publish("{\"b\": \"a needle too\"}");
    assertThat(runtime.ask("events", Map.of("contains", "needle")))
        .extracting(e -> e.path("id").asText())
        .containsExactly(last, first);
    assertThat(runtime.ask("events", Map.of("contains", "needle", "bus", "other"))).isEmpty();
  }

  @Test
  void events_areFoundByTheTimeOfTheirAcceptance() {
    publish("{}");
    Instant between = runtime.clock().now().plusSeconds(60);
    runtime.clock().advance(Duration.ofMinutes(2));
    String last = publish("{}");
    assertThat(runtime.ask("events", Map.of("since", between.toString())))
        .extracting(e -> e.path("id").asText())
        .containsExactly(last);
    assertThat(runtime.ask("events", Map.of("until", between.toString()))).hasSize(1);
  }

  @Test
  void events_areFoundHoweverManyOthersCameAfter() {
    String first = publish("{\"a\": \"needle\"}");
    for (int i = 0; i < 450; i++) {
      publish("{\"a\": \"hay\"}");
    }
    assertThat(runtime.ask("events", Map.of("contains", "needle", "limit", "1")))
        .extracting(e -> e.path("id").asText())
        .containsExactly(first);
    assertThat(runtime.ask("events", Map.of("contains", "hay", "limit", "7"))).hasSize(7);
  }

  @Test
  void writes_areCountedAndReadsAreNot() {
    // What is counted of the set-up is written a second later.
    runtime.clock().advance(Duration.ofSeconds(2));
    long before = writes();
    runtime.ask("mails", Map.of());
    assertThat(writes()).isEqualTo(before);
    send("ada@example.com");
    assertThat(writes()).isGreaterThan(before);
  }

  @Test
  void unknownQuestion_isRefused() {
    assertThatThrownBy(() -> runtime.ask("weather", Map.of()))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("there is no GET weather here");
  }

  private long writes() {
    return runtime.ask("health", Map.of()).getFirst().path("writes").asLong();
  }

  private long count(Map<String, String> parameters) {
    return runtime.ask("counts", parameters).getFirst().path("mails").asLong();
  }

  private List<String> ids(Map<String, String> parameters) {
    return runtime.ask("mails", parameters).stream()
        .map(mail -> mail.path("messageId").asText())
        .toList();
  }

  private String publish(String detail) {
    return runtime
        .client(EventBridgeClient.class)
        .putEvents(p -> p.entries(e -> e.source("test").detailType("Test").detail(detail)))
        .entries()
        .getFirst()
        .eventId();
  }

  private String send(String to) {
    return runtime
        .client(SesV2Client.class)
        .sendEmail(s ->
            s.fromEmailAddress("welcome@onboard.example")
                .destination(d -> d.toAddresses(to).bccAddresses("copy@example.com"))
                .emailTags(t -> t.name("eventId").value("e-1"))
                .content(c ->
                    c.simple(
                        m -> m.subject(x -> x.data("Hello")).body(b -> b.text(t -> t.data("Hi"))))))
        .messageId();
  }
}
