package dev.onboard.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.functions.mail.InMemoryMailLedger;
import dev.onboard.functions.mail.MailEntry.Status;
import dev.onboard.functions.mail.Mailing;
import dev.onboard.functions.mail.Pace;
import dev.onboard.functions.mail.Postman.Result;
import dev.onboard.functions.mail.WelcomeMail;
import dev.onboard.functions.time.TestClock;
import dev.onboard.functions.user.InMemoryUsers;
import dev.onboard.functions.user.User;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The functions that events of the bus and messages of queues reach. */
class MessageFunctionsTest {

  private final TestClock clock = new TestClock();
  private final InMemoryUsers users = new InMemoryUsers();
  private final InMemoryMailLedger ledger = new InMemoryMailLedger();
  private final List<WelcomeMail> sent = new ArrayList<>();
  private final List<User> published = new ArrayList<>();
  private final List<String> quarantined = new ArrayList<>();
  private final Map<String, Duration> postponed = new TreeMap<>();
  private Result answer = new Result.Accepted("m");

  @Test
  void userRegistered_becomesAPublishedUser() throws IOException {
    JsonNode outcome =
        register(
            """
            {"data": {"email": " Ada@Example.com", "name": "Ada", "attributes": {"Team": "A"}, "later": 1}}
            """);
    assertThat(outcome.path("outcome").asText()).isEqualTo("CREATED");
    User user = users.users.get("ada@example.com");
    assertThat(user.createdAt()).isEqualTo("2026-02-03T04:05:06Z");
    assertThat(user.person().attributes()).containsEntry("Team", "A");
    assertThat(published).hasSize(1);
  }

  @Test
  void userRegisteredWithMetadata_keepsItsStory() throws IOException {
    register(
        """
        {"metadata": {"eventId": "own", "schemaVersion": "1.0", "occurredAt": "2026-01-01T00:00:00Z"},
         "data": {"email": "ada@example.com"}}
        """);
    assertThat(users.users.get("ada@example.com").createdAt()).isEqualTo("2026-01-01T00:00:00Z");
  }

  @Test
  void userRegisteredWithoutAnAddress_isRefused() {
    assertThatThrownBy(() -> register("{\"data\": {\"email\": \"nobody\"}}"))
        .hasMessageContaining("\"nobody\" is not an e-mail address");
    assertThatThrownBy(() -> register("{\"data\": {}}")).isInstanceOf(RuntimeException.class);
    assertThat(users.users).isEmpty();
  }

  @Test
  void userCreatedMessages_becomeOneMailAUser() throws IOException {
    JsonNode answer =
        sendMail(
            created("u1", "\"name\": \"Ada\","),
            created("u2", "\"firstName\": \"Bob\", \"lastName\": \"B\","),
            created("u1", ""),
            created("u3", ""));
    assertThat(answer).isEqualTo(Json.read("{\"batchItemFailures\": []}"));
    assertThat(sent).extracting(WelcomeMail::name).containsExactly("Ada", "Bob B", null);
    assertThat(ledger.counts).containsEntry("i mails", 3);
  }

  @Test
  void mailThatWasNotSent_failsAllItsMessages() throws IOException {
    answer = new Result.NotSent("ACCOUNT_THROTTLED");
    assertThat(sendMail(created("u1", ""), created("u1", "")))
        .isEqualTo(
            Json.read(
                "{\"batchItemFailures\": [{\"itemIdentifier\": \"m0\"}, {\"itemIdentifier\": \"m1\"}]}"));
  }

  @Test
  void mailInDoubt_comesBackWhenTheDoubtIsOver() throws IOException {
    answer = new Result.Unknown("timeout");
    JsonNode failed = sendMail(created("u1", ""), created("u2", ""));
    assertThat(failed.path("batchItemFailures")).hasSize(2);
    assertThat(postponed)
        .containsEntry("r0", Duration.ofMinutes(1))
        .containsEntry("r1", Duration.ofMinutes(1));
  }

  @Test
  void messageThatNoRetryCanHelp_isQuarantined() throws IOException {
    JsonNode answer =
        sendMail(
            "no json",
            created("u1", "").replace("\"1.1\"", "\"2.0\""),
            created("u1", "").replace("u1@example.com", "nobody"),
            "{\"detail\": {}}");
    assertThat(answer).isEqualTo(Json.read("{\"batchItemFailures\": []}"));
    assertThat(quarantined)
        .satisfiesExactly(
            first -> assertThat(first).startsWith("the event is no JSON"),
            second -> assertThat(second).isEqualTo("UserCreated of version 2.0 is not understood"),
            third -> assertThat(third).contains("is not an e-mail address"),
            fourth -> assertThat(fourth).contains("UserCreated"));
    assertThat(sent).isEmpty();
  }

  @Test
  void eventsOfSes_settleAndMark() throws IOException {
    sendMail(created("u1", ""), created("u2", ""));
    JsonNode recorded =
        record(
            ses("u1", "Send", ""),
            ses("u2", "Bounce", "\"bounce\": {\"bounceType\": \"Permanent\"},"),
            ses("u1", "Bounce", "\"bounce\": {\"bounceType\": \"Transient\"},"),
            ses("u1", "Delivery", ""),
            "{\"detail\": {}}");
    assertThat(recorded)
        .isEqualTo(Json.read("{\"batchItemFailures\": [{\"itemIdentifier\": \"m4\"}]}"));
    assertThat(ledger.status("u1")).isEqualTo(Status.SENT);
    assertThat(ledger.status("u2")).isEqualTo(Status.UNDELIVERABLE);
    assertThat(ledger.counts).containsEntry("i mails", 2);
  }

  private JsonNode register(String detail) throws IOException {
    return Invoked.with(
        new RegisterUser(users, (user, _, _) -> published.add(user), clock),
        """
        {"id": "bus", "source": "shop", "detail-type": "UserRegistered", "time": "2026-02-03T04:05:06Z",
         "detail": %s}
        """
            .formatted(detail));
  }

  private JsonNode sendMail(String... bodies) throws IOException {
    Mailing mailing =
        new Mailing(
            ledger,
            (mails, _) -> {
              sent.addAll(mails);
              return mails.stream().map(_ -> answer).toList();
            },
            (_, _) -> List.of(),
            new Pace(0, clock, clock::advance),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            clock);
    return Invoked.with(
        new SendWelcomeMail(
            mailing, (_, reason) -> quarantined.add(reason), postponed::putAll, clock),
        messages(bodies));
  }

  private JsonNode record(String... bodies) throws IOException {
    return Invoked.with(new RecordMailOutcome(ledger), messages(bodies));
  }

  private static String messages(String... bodies) {
    ObjectNode event = Json.object();
    ArrayNode records = event.putArray("Records");
    for (String body : bodies) {
      records
          .addObject()
          .put("messageId", "m" + records.size())
          .put("body", body)
          .put("eventSource", "aws:sqs");
    }
    for (int i = 0; i < records.size(); i++) {
      ((ObjectNode) records.get(i)).put("messageId", "m" + i).put("receiptHandle", "r" + i);
    }
    return event.toString();
  }

  private static String created(String userId, String fields) {
    return """
    {"id": "x", "source": "onboard.users", "detail-type": "UserCreated", "detail": {
      "metadata": {"eventId": "e-%1$s", "schemaVersion": "1.1", "occurredAt": "2026-01-01T00:00:00Z"},
      "data": {%2$s "userId": "%1$s", "email": "%1$s@example.com", "importId": "i", "new": true}}}
    """
        .formatted(userId, fields);
  }

  private static String ses(String userId, String type, String more) {
    return """
    {"source": "aws.ses", "detail": {"eventType": "%s", %s
      "mail": {"timestamp": "2026-01-01T00:00:00.000Z", "messageId": "m", "tags": {"userId": ["%s"]}}}}
    """
        .formatted(type, more, userId);
  }
}
