package dev.onboard.local.sesv2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sesv2.model.BulkEmailEntry;
import software.amazon.awssdk.services.sesv2.model.BulkEmailEntryResult;
import software.amazon.awssdk.services.sesv2.model.EventType;
import software.amazon.awssdk.services.sesv2.model.SuppressionListReason;

class SendingTest extends SesFixture {
  @Test
  void sent_isKeptAndPublished() {
    configurationSet("set", EventType.SEND, EventType.DELIVERY);
    String id = send("Ada <Ada@Example.org>");
    SentMails.Mail mail = sent.to("ada@example.org", 10, Long.MAX_VALUE).getFirst();
    assertThat(mail.messageId()).isEqualTo(id);
    assertThat(mail.from()).isEqualTo(SENDER);
    assertThat(mail.to()).containsExactly("Ada <Ada@Example.org>");
    assertThat(mail.subject()).isEqualTo("Hello");
    assertThat(mail.text()).isEqualTo("Hi there");
    assertThat(mail.html()).isNull();
    assertThat(mail.tags()).isEqualTo(Map.of("eventId", "abc"));
    assertThat(bus.types()).containsExactly("Email Sent", "Email Delivered");
    assertThat(bus.callers).containsExactly("ses.amazonaws.com");
    assertThat(bus.entries.getFirst().source()).isEqualTo("aws.ses");
    assertThat(bus.entries.getFirst().resources())
        .containsExactly("arn:aws:ses:us-east-1:000000000000:configuration-set/set");
    JsonNode detail = bus.detail(0);
    assertThat(detail.properties())
        .extracting(Map.Entry::getKey)
        .containsExactly("eventType", "mail", "send");
    assertThat(detail.at("/eventType").asText()).isEqualTo("Send");
    assertThat(detail.at("/mail/timestamp").asText()).isEqualTo("2026-01-01T00:00:00.000Z");
    assertThat(detail.at("/mail/messageId").asText()).isEqualTo(id);
    assertThat(detail.at("/mail/source").asText()).isEqualTo(SENDER);
    assertThat(detail.at("/mail/sourceArn").asText())
        .isEqualTo("arn:aws:ses:us-east-1:000000000000:identity/example.com");
    assertThat(detail.at("/mail/destination").toString()).isEqualTo("[\"Ada <Ada@Example.org>\"]");
    assertThat(detail.at("/mail/commonHeaders/subject").asText()).isEqualTo("Hello");
    assertThat(detail.at("/mail/tags/eventId").toString()).isEqualTo("[\"abc\"]");
    assertThat(detail.at("/mail/tags/ses:configuration-set").toString()).isEqualTo("[\"set\"]");
    assertThat(detail.at("/mail/tags/ses:operation").toString()).isEqualTo("[\"SendEmail\"]");
    assertThat(detail.at("/mail/tags/ses:caller-identity").toString())
        .isEqualTo("[\"administrator\"]");
    assertThat(bus.detail(1).at("/delivery/recipients").toString())
        .isEqualTo("[\"Ada@Example.org\"]");
  }

  @Test
  void mails_areFoundByTheirTags() {
    configurationSet("set", EventType.SEND);
    String first = send("ada@example.org");
    String second = send("bob@example.org");
    assertThat(sent.tagged("eventId", "abc", 10, Long.MAX_VALUE))
        .extracting(SentMails.Mail::messageId)
        .containsExactly(second, first);
    assertThat(sent.tagged("eventId", "abc", 1, Long.MAX_VALUE)).hasSize(1);
    assertThat(sent.tagged("eventId", "ab", 10, Long.MAX_VALUE)).isEmpty();
    assertThat(sent.tagged("Id", "abc", 10, Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void onlyEnabledEvents_arePublished() {
    configurationSet("set", EventType.BOUNCE);
    send("ada@example.org");
    assertThat(bus.types()).isEmpty();
    send("bounce@simulator.amazonses.com");
    assertThat(bus.types()).containsExactly("Email Bounced");
  }

  @ParameterizedTest
  @CsvSource({
    "success@simulator.amazonses.com,Email Sent;Email Delivered",
    "bounce+label@simulator.amazonses.com,Email Sent;Email Bounced",
    "complaint@simulator.amazonses.com,Email Sent;Email Delivered;Email Complaint Received",
    "suppressionlist@simulator.amazonses.com,Email Sent;Email Bounced",
    "ooto@simulator.amazonses.com,Email Sent;Email Delivered;Email Bounced"
  })
  void simulatorAddress_hasItsFate(String address, String events) {
    configurationSet(
        "set", EventType.SEND, EventType.DELIVERY, EventType.BOUNCE, EventType.COMPLAINT);
    send(address);
    assertThat(bus.types()).containsExactly(events.split(";"));
  }

  @Test
  void suppressedAddress_bounces() {
    configurationSet("set", EventType.SEND, EventType.DELIVERY, EventType.BOUNCE);
    ses.putSuppressedDestination(
        b -> b.emailAddress("Ada@example.org").reason(SuppressionListReason.COMPLAINT));
    send("ada@example.org");
    assertThat(bus.types()).containsExactly("Email Sent", "Email Bounced");
    assertThat(bus.detail(1).at("/bounce/bounceType").asText()).isEqualTo("Permanent");
    assertThat(bus.detail(1).at("/bounce/bounceSubType").asText())
        .isEqualTo("OnAccountSuppressionList");
    assertThat(bus.detail(1).at("/bounce/bouncedRecipients/0/emailAddress").asText())
        .isEqualTo("ada@example.org");
    assertThat(ses.listSuppressedDestinations(b -> {}).suppressedDestinationSummaries())
        .extracting(s -> s.emailAddress() + " " + s.reason())
        .containsExactly("ada@example.org COMPLAINT");
    ses.putConfigurationSetSuppressionOptions(
        b -> b.configurationSetName("set").suppressedReasons(SuppressionListReason.BOUNCE));
    send("ada@example.org");
    assertThat(bus.types()).endsWith("Email Sent", "Email Delivered");
    ses.deleteSuppressedDestination(b -> b.emailAddress("ada@example.org"));
    assertError(
        () -> ses.getSuppressedDestination(b -> b.emailAddress("ada@example.org")),
        "NotFoundException",
        "Email address ada@example.org does not exist on your suppression list.");
  }

  @Test
  void virus_isRejected() {
    configurationSet("set", EventType.SEND, EventType.REJECT);
    ses.sendEmail(b ->
        b.fromEmailAddress(SENDER)
            .configurationSetName("set")
            .destination(d -> d.toAddresses("ada@example.org"))
            .content(c ->
                c.simple(m ->
                    m.subject(s -> s.data("x"))
                        .body(x -> x.text(t -> t.data("EICAR-STANDARD-ANTIVIRUS-TEST-FILE"))))));
    assertThat(bus.types()).containsExactly("Email Rejected");
    assertThat(bus.detail(0).at("/reject/reason").asText()).isEqualTo("Bad content");
    assertThat(sent.count(Instant.EPOCH)).isZero();
  }

  @Test
  void unverifiedSender_isRejected() {
    ses.createConfigurationSet(b -> b.configurationSetName("set"));
    ses.deleteEmailIdentity(b -> b.emailIdentity("example.com"));
    assertError(
        () -> send("ada@example.org"),
        "MessageRejected",
        "Email address is not verified. The following identities failed the check in region"
            + " US-EAST-1: hello@example.com");
    ses.createEmailIdentity(b -> b.emailIdentity("Hello@Example.com"));
    send("ada@example.org");
  }

  @Test
  void badRequests_areRefused() {
    assertError(
        () -> send("ada@example.org"),
        "NotFoundException",
        "Configuration set <set> does not exist.");
    configurationSet("set", EventType.SEND);
    assertError(() -> send("ada"), "BadRequestException", "Missing final '@domain'");
    assertError(
        () -> send("a da@example.org"),
        "BadRequestException",
        "Local address contains control or whitespace");
    assertError(
        () ->
            ses.sendEmail(b ->
                b.fromEmailAddress(SENDER)
                    .destination(d -> d.toAddresses("ada@example.org"))
                    .emailTags(t -> t.name("a:b").value("c"))
                    .content(c -> c.simple(m -> {}))),
        "BadRequestException",
        "Invalid tag name <a:b>: only alphanumeric ASCII characters, '_',  '-' are allowed.");
    assertError(
        () ->
            ses.sendEmail(
                b -> b.fromEmailAddress(SENDER).tenantName("t").content(c -> c.simple(m -> {}))),
        "NotSupportedByLocalRuntime",
        "ses:SendEmail with TenantName is not supported: the local runtime does not have it");
    ses.putConfigurationSetSendingOptions(b -> b.configurationSetName("set").sendingEnabled(false));
    assertError(
        () -> send("ada@example.org"),
        "SendingPausedException",
        "Email sending is disabled for the configuration set <set>.");
  }

  @Test
  void eventNotTaken_keepsNoMail() {
    configurationSet("set", EventType.SEND);
    bus.refuse = 1;
    assertThatThrownBy(() -> send("ada@example.org")).isInstanceOf(IllegalStateException.class);
    assertThat(sent.count(Instant.EPOCH)).isZero();
  }

  @Test
  void raw_isReadToHeadersTextAndHtml() {
    configurationSet("set", EventType.SEND);
    String raw =
        """
        From: "Doe, Jane" <jane@example.com>
        To: "Roe, Rich" <rich@example.org>, ada@example.org
        Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= =?utf-8?B?IGF1cyBCZXJsaW4=?=
        X-SES-CONFIGURATION-SET: set
        X-SES-MESSAGE-TAGS: eventId=abc, kind=test
        X-Long: one
         two
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="outer"

        --outer
        Content-Type: multipart/alternative; boundary=inner

        --inner
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        Gr=C3=BC=C3=9Fe, =
        Ada
        --inner
        Content-Type: text/html; charset=utf-8
        Content-Transfer-Encoding: base64

        PGI+SGk8L2I+
        --inner--
        --outer
        Content-Type: text/plain
        Content-Disposition: attachment; filename=a.txt

        not this
        --outer--
        """
            .replace("\n", "\r\n");
    ses.sendEmail(
        b -> b.content(c -> c.raw(r -> r.data(SdkBytes.fromString(raw, StandardCharsets.UTF_8)))));
    SentMails.Mail mail = sent.newest(1, Long.MAX_VALUE).getFirst();
    assertThat(mail.from()).isEqualTo("\"Doe, Jane\" <jane@example.com>");
    assertThat(mail.to()).containsExactly("\"Roe, Rich\" <rich@example.org>", "ada@example.org");
    assertThat(mail.subject()).isEqualTo("Grüße aus Berlin");
    assertThat(mail.text()).isEqualTo("Grüße, Ada");
    assertThat(mail.html()).isEqualTo("<b>Hi</b>");
    assertThat(mail.tags()).isEqualTo(Map.of("eventId", "abc", "kind", "test"));
    assertThat(mail.headers()).contains(Map.entry("X-Long", "one two"));
    assertThat(bus.detail(0).at("/mail/tags/kind/0").asText()).isEqualTo("test");
    assertThat(sent.to("rich@example.org", 10, Long.MAX_VALUE)).hasSize(1);
  }

  @Test
  void bulk_givesEachItsOwnMailTagsAndStatus() {
    configurationSet("set", EventType.SEND, EventType.RENDERING_FAILURE);
    template("welcome", "Welcome {{name}}", "Hi {{name}}, {{greeting}}", "<p>{{name}}</p>");
    List<BulkEmailEntryResult> results =
        ses.sendBulkEmail(b ->
                b.fromEmailAddress(SENDER)
                    .configurationSetName("set")
                    .defaultEmailTags(t -> t.name("kind").value("welcome"))
                    .defaultContent(c ->
                        c.template(t ->
                            t.templateName("welcome").templateData("{\"greeting\":\"good day\"}")))
                    .bulkEmailEntries(
                        entry("ada@example.org", "{\"name\":\"Ada & <co>\"}", "1"),
                        entry("nobody", "{\"name\":\"x\"}", "2"),
                        entry("bob@example.org", "{}", "3")))
            .bulkEmailEntryResults();
    assertThat(results)
        .extracting(BulkEmailEntryResult::statusAsString)
        .containsExactly("SUCCESS", "INVALID_PARAMETER", "SUCCESS");
    assertThat(results.get(1).error()).isEqualTo("Missing final '@domain'");
    assertThat(bus.types()).containsExactly("Email Sent", "Email Rendering Failed");
    assertThat(bus.detail(0).at("/mail/tags/eventId/0").asText()).isEqualTo("1");
    assertThat(bus.detail(0).at("/mail/tags/kind/0").asText()).isEqualTo("welcome");
    assertThat(bus.detail(1).at("/eventType").asText()).isEqualTo("Rendering Failure");
    assertThat(bus.detail(1).at("/failure/errorMessage").asText())
        .isEqualTo("Attribute 'name' is not present in the rendering data.");
    assertThat(bus.detail(1).at("/mail/messageId").asText()).isEqualTo(results.get(2).messageId());
    List<SentMails.Mail> mails = sent.newest(10, Long.MAX_VALUE);
    assertThat(mails).extracting(SentMails.Mail::subject).containsExactly("Welcome Ada & <co>");
    assertThat(mails.getFirst().text()).isEqualTo("Hi Ada & <co>, good day");
    assertThat(mails.getFirst().html()).as("SES escapes nothing").isEqualTo("<p>Ada & <co></p>");
  }

  @Test
  void bulkOfFifty_isTaken_andMoreIsRefused() {
    configurationSet("set", EventType.SEND);
    template("welcome", "Hi", "Hi {{n}}", null);
    bulk(50);
    assertThat(bus.entries).hasSize(50);
    assertThat(sent.count(Instant.EPOCH)).isEqualTo(50);
    assertError(
        () -> bulk(51),
        "BadRequestException",
        "The number of bulk email entries must be between 1 and 50.");
  }

  @Test
  void mails_areReadInPages_newestFirst_afterARestart() {
    configurationSet("set", EventType.SEND);
    template("welcome", "Hi", "Hi {{n}}", null);
    bulk(5);
    rooms.close();
    start();
    List<SentMails.Mail> first = sent.newest(3, Long.MAX_VALUE);
    List<SentMails.Mail> second = sent.newest(3, first.getLast().number());
    assertThat(first).extracting(SentMails.Mail::text).containsExactly("Hi 4", "Hi 3", "Hi 2");
    assertThat(second).extracting(SentMails.Mail::text).containsExactly("Hi 1", "Hi 0");
    assertThat(ses.getAccount(b -> {}).sendQuota().sentLast24Hours()).isEqualTo(5.0);
  }

  private void bulk(int size) {
    ses.sendBulkEmail(b ->
        b.fromEmailAddress(SENDER)
            .configurationSetName("set")
            .defaultContent(c -> c.template(t -> t.templateName("welcome")))
            .bulkEmailEntries(
                IntStream.range(0, size)
                    .mapToObj(i -> entry("u" + i + "@example.org", "{\"n\":" + i + "}", "e" + i))
                    .toList()));
  }

  private static BulkEmailEntry entry(String to, String data, String eventId) {
    return BulkEmailEntry.builder()
        .destination(d -> d.toAddresses(to))
        .replacementTags(t -> t.name("eventId").value(eventId))
        .replacementEmailContent(c -> c.replacementTemplate(t -> t.replacementTemplateData(data)))
        .build();
  }
}
