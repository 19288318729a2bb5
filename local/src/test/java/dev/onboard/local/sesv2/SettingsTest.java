package dev.onboard.local.sesv2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sesv2.model.EventType;
import software.amazon.awssdk.services.sesv2.model.IdentityInfo;
import software.amazon.awssdk.services.sesv2.model.IdentityType;
import software.amazon.awssdk.services.sesv2.model.Tag;
import software.amazon.awssdk.services.sesv2.model.VerificationStatus;

class SettingsTest extends SesFixture {
  @Test
  void identity_isVerifiedAtOnce() {
    var made = ses.createEmailIdentity(b -> b.emailIdentity("ada@other.com"));
    assertThat(made.verifiedForSendingStatus()).isTrue();
    var got = ses.getEmailIdentity(b -> b.emailIdentity("ada@other.com"));
    assertThat(got.identityType()).isEqualTo(IdentityType.EMAIL_ADDRESS);
    assertThat(got.verificationStatus()).isEqualTo(VerificationStatus.SUCCESS);
    assertThat(ses.listEmailIdentities(b -> {}).emailIdentities())
        .extracting(IdentityInfo::identityName)
        .containsExactly("ada@other.com", "example.com");
    assertError(
        () -> ses.createEmailIdentity(b -> b.emailIdentity("ada@other.com")),
        "AlreadyExistsException",
        "Email identity ada@other.com already exist.");
    assertError(
        () -> ses.getEmailIdentity(b -> b.emailIdentity("no@other.com")),
        "NotFoundException",
        "Email identity no@other.com does not exist.");
  }

  @Test
  void identitysConfigurationSet_holdsWhereNoneIsNamed() {
    configurationSet("own", EventType.SEND);
    ses.putEmailIdentityConfigurationSetAttributes(
        b -> b.emailIdentity("example.com").configurationSetName("own"));
    ses.sendEmail(b ->
        b.fromEmailAddress("x@sub.example.com")
            .destination(d -> d.toAddresses("a@b.org"))
            .content(c ->
                c.simple(m -> m.subject(s -> s.data("s")).body(x -> x.html(h -> h.data("h"))))));
    assertThat(bus.types()).containsExactly("Email Sent");
  }

  @Test
  void template_isKeptListedAndRendered() {
    template("welcome", "Hi {{name}}", "Text {{name}}", "<b>{{name}}</b>");
    assertError(
        () -> template("welcome", "Hi", "x", null),
        "AlreadyExistsException",
        "Template welcome already exists.");
    assertError(
        () -> template("bad", "{{#if x}}", "x", null),
        "BadRequestException",
        "Template is invalid: {{#if}} is not closed by {{/if}}");
    ses.updateEmailTemplate(
        b -> b.templateName("welcome").templateContent(c -> c.subject("Hello {{name}}").text("x")));
    assertThat(ses.getEmailTemplate(b -> b.templateName("welcome")).templateContent().subject())
        .isEqualTo("Hello {{name}}");
    assertThat(
            ses.testRenderEmailTemplate(
                    b -> b.templateName("welcome").templateData("{\"name\":\"Ada\"}"))
                .renderedTemplate())
        .contains("Subject: Hello Ada\r\n")
        .endsWith("\r\n\r\nx");
    assertError(
        () -> ses.testRenderEmailTemplate(b -> b.templateName("welcome").templateData("{}")),
        "BadRequestException",
        "Attribute 'name' is not present in the rendering data.");
    assertThat(ses.listEmailTemplates(b -> {}).templatesMetadata()).hasSize(1);
    ses.deleteEmailTemplate(b -> b.templateName("welcome"));
    assertError(
        () -> ses.getEmailTemplate(b -> b.templateName("welcome")),
        "NotFoundException",
        "Template welcome does not exist.");
  }

  @Test
  void listings_arePaged() {
    IntStream.range(0, 5).forEach(i -> template("t" + i, "s", "t", null));
    var first = ses.listEmailTemplates(b -> b.pageSize(3));
    assertThat(first.templatesMetadata()).hasSize(3);
    var second = ses.listEmailTemplates(b -> b.pageSize(3).nextToken(first.nextToken()));
    assertThat(second.templatesMetadata())
        .extracting(t -> t.templateName())
        .containsExactly("t3", "t4");
    assertThat(second.nextToken()).isNull();
  }

  @Test
  void otherDestinations_areRefusedByName() {
    ses.createConfigurationSet(b -> b.configurationSetName("set"));
    assertError(
        () ->
            ses.createConfigurationSetEventDestination(b ->
                b.configurationSetName("set")
                    .eventDestinationName("topic")
                    .eventDestination(d ->
                        d.matchingEventTypes(EventType.SEND)
                            .snsDestination(s -> s.topicArn("arn:x")))),
        "NotSupportedByLocalRuntime",
        "ses:CreateConfigurationSetEventDestination with SnsDestination is not supported: the local"
            + " runtime does not have it");
    assertError(
        () ->
            ses.createConfigurationSetEventDestination(b ->
                b.configurationSetName("set")
                    .eventDestinationName("bus")
                    .eventDestination(d ->
                        d.matchingEventTypes(EventType.SEND)
                            .eventBridgeDestination(e -> e.eventBusArn("arn:other")))),
        "BadRequestException",
        "EventBridge destination <arn:other> is invalid: only the default event bus is supported.");
  }

  @Test
  void configurationSet_isChangedAndTakenAway() {
    configurationSet("set", EventType.SEND);
    ses.putConfigurationSetReputationOptions(
        b -> b.configurationSetName("set").reputationMetricsEnabled(true));
    var set = ses.getConfigurationSet(b -> b.configurationSetName("set"));
    assertThat(set.reputationOptions().reputationMetricsEnabled()).isTrue();
    assertThat(set.sendingOptions().sendingEnabled()).isTrue();
    assertThat(
            ses.getConfigurationSetEventDestinations(b -> b.configurationSetName("set"))
                .eventDestinations())
        .extracting(d -> d.name() + d.matchingEventTypesAsStrings())
        .containsExactly("bus[SEND]");
    ses.deleteConfigurationSetEventDestination(
        b -> b.configurationSetName("set").eventDestinationName("bus"));
    ses.deleteConfigurationSet(b -> b.configurationSetName("set"));
    assertThat(ses.listConfigurationSets(b -> {}).configurationSets()).isEmpty();
  }

  @Test
  void tags_areKeptWithTheResource() {
    String arn = "arn:aws:ses:us-east-1:000000000000:identity/example.com";
    ses.tagResource(b -> b.resourceArn(arn).tags(Tag.builder().key("a").value("1").build()));
    ses.tagResource(b -> b.resourceArn(arn).tags(Tag.builder().key("a").value("2").build()));
    assertThat(ses.listTagsForResource(b -> b.resourceArn(arn)).tags())
        .extracting(t -> t.key() + t.value())
        .containsExactly("a2");
    ses.untagResource(b -> b.resourceArn(arn).tagKeys("a"));
    assertThat(ses.listTagsForResource(b -> b.resourceArn(arn)).tags()).isEmpty();
  }
}
