package dev.onboard.local.cloudformation.provider;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.Tag;

/** {@code AWS::SES::EmailIdentity}. */
final class SesEmailIdentity extends Provider {
  SesEmailIdentity() {
    super(
        "AWS::SES::EmailIdentity",
        """
        EmailIdentity!*: String, ConfigurationSetAttributes: { ConfigurationSetName: String }
        DkimAttributes: { SigningEnabled: Boolean }
        FeedbackAttributes: { EmailForwardingEnabled: Boolean }
        MailFromAttributes: { MailFromDomain: String, BehaviorOnMxFailure: String }
        Tags: [{ Key*: String, Value*: String }]
        """);
  }

  @Override
  public Physical create(Context context, Properties now) {
    SesV2Client ses = context.client(SesV2Client.class);
    String identity = now.text("EmailIdentity");
    ses.createEmailIdentity(b -> {
      b.emailIdentity(identity)
          .configurationSetName(
              now.in("ConfigurationSetAttributes").textOrNull("ConfigurationSetName"));
      if (now.has("Tags")) {
        b.tags(tags(now.tags()));
      }
    });
    settings(ses, identity, Properties.NONE, now);
    return Physical.of(identity);
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    SesV2Client ses = context.client(SesV2Client.class);
    if (now.differsFrom(before, "ConfigurationSetAttributes")) {
      ses.putEmailIdentityConfigurationSetAttributes(b ->
          b.emailIdentity(physical.id())
              .configurationSetName(
                  now.in("ConfigurationSetAttributes").textOrNull("ConfigurationSetName")));
    }
    settings(ses, physical.id(), before, now);
    String arn = context.arn("ses", "identity/" + physical.id());
    TagChange.between(before, now)
        .apply(
            keys -> ses.untagResource(b -> b.resourceArn(arn).tagKeys(keys)),
            tags -> ses.tagResource(b -> b.resourceArn(arn).tags(tags(tags))));
    return physical;
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    context.client(SesV2Client.class).deleteEmailIdentity(b -> b.emailIdentity(physical.id()));
  }

  static List<Tag> tags(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(t -> Tag.builder().key(t.getKey()).value(t.getValue()).build())
        .toList();
  }

  private static void settings(
      SesV2Client ses, String identity, Properties before, Properties now) {
    if (now.differsFrom(before, "DkimAttributes")) {
      boolean enabled = !now.in("DkimAttributes").text("SigningEnabled", "true").equals("false");
      ses.putEmailIdentityDkimAttributes(b -> b.emailIdentity(identity).signingEnabled(enabled));
    }
    if (now.differsFrom(before, "FeedbackAttributes")) {
      boolean enabled =
          !now.in("FeedbackAttributes").text("EmailForwardingEnabled", "true").equals("false");
      ses.putEmailIdentityFeedbackAttributes(
          b -> b.emailIdentity(identity).emailForwardingEnabled(enabled));
    }
    if (now.differsFrom(before, "MailFromAttributes")) {
      Properties from = now.in("MailFromAttributes");
      ses.putEmailIdentityMailFromAttributes(b ->
          b.emailIdentity(identity)
              .mailFromDomain(from.textOrNull("MailFromDomain"))
              .behaviorOnMxFailure(from.textOrNull("BehaviorOnMxFailure")));
    }
  }
}
