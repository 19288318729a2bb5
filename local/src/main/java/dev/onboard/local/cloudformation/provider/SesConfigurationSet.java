package dev.onboard.local.cloudformation.provider;

import java.util.Map;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.CreateConfigurationSetRequest;
import software.amazon.awssdk.services.sesv2.model.DeliveryOptions;
import software.amazon.awssdk.services.sesv2.model.PutConfigurationSetDeliveryOptionsRequest;

/** {@code AWS::SES::ConfigurationSet}. */
final class SesConfigurationSet extends Provider {
  private static final int NAME_LIMIT = 64;

  SesConfigurationSet() {
    super(
        "AWS::SES::ConfigurationSet",
        """
        Name@: String, ReputationOptions: { ReputationMetricsEnabled: Boolean }
        SendingOptions: { SendingEnabled: Boolean }
        SuppressionOptions: { SuppressedReasons: [String] }
        TrackingOptions: { CustomRedirectDomain: String, HttpsPolicy: String }
        DeliveryOptions: $DeliveryOptions, Tags: [{ Key*: String, Value*: String }]
        """,
        Map.of("DeliveryOptions", new Shape.Model(DeliveryOptions::builder)));
  }

  @Override
  public Physical create(Context context, Properties now) {
    String name = context.nameWithoutStack(now.textOrNull("Name"), NAME_LIMIT);
    context
        .client(SesV2Client.class)
        .createConfigurationSet(
            now.without("Name")
                .with("ConfigurationSetName", name)
                .into(CreateConfigurationSetRequest.builder())
                .build());
    return Physical.of(name);
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    SesV2Client ses = context.client(SesV2Client.class);
    String name = physical.id();
    if (now.differsFrom(before, "ReputationOptions")) {
      boolean on = now.in("ReputationOptions").get("ReputationMetricsEnabled").asBoolean();
      ses.putConfigurationSetReputationOptions(
          b -> b.configurationSetName(name).reputationMetricsEnabled(on));
    }
    if (now.differsFrom(before, "SendingOptions")) {
      boolean on = !now.in("SendingOptions").text("SendingEnabled", "true").equals("false");
      ses.putConfigurationSetSendingOptions(b -> b.configurationSetName(name).sendingEnabled(on));
    }
    if (now.differsFrom(before, "SuppressionOptions")) {
      var reasons = now.in("SuppressionOptions").texts("SuppressedReasons");
      ses.putConfigurationSetSuppressionOptions(
          b -> b.configurationSetName(name).suppressedReasonsWithStrings(reasons));
    }
    if (now.differsFrom(before, "TrackingOptions")) {
      Properties tracking = now.in("TrackingOptions");
      ses.putConfigurationSetTrackingOptions(b ->
          b.configurationSetName(name)
              .customRedirectDomain(tracking.textOrNull("CustomRedirectDomain"))
              .httpsPolicy(tracking.textOrNull("HttpsPolicy")));
    }
    if (now.differsFrom(before, "DeliveryOptions")) {
      ses.putConfigurationSetDeliveryOptions(
          now.in("DeliveryOptions")
              .with("ConfigurationSetName", name)
              .into(PutConfigurationSetDeliveryOptionsRequest.builder())
              .build());
    }
    String arn = context.arn("ses", "configuration-set/" + name);
    TagChange.between(before, now)
        .apply(
            keys -> ses.untagResource(b -> b.resourceArn(arn).tagKeys(keys)),
            tags -> ses.tagResource(b -> b.resourceArn(arn).tags(SesEmailIdentity.tags(tags))));
    return physical;
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    context
        .client(SesV2Client.class)
        .deleteConfigurationSet(b -> b.configurationSetName(physical.id()));
  }
}
