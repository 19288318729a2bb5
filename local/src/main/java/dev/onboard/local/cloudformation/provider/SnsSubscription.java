package dev.onboard.local.cloudformation.provider;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sns.SnsClient;

/** {@code AWS::SNS::Subscription}; {@code Ref} gives its ARN, also before it is confirmed. */
final class SnsSubscription extends Provider {
  private static final List<String> ATTRIBUTES =
      List.of(
          "FilterPolicy",
          "FilterPolicyScope",
          "RawMessageDelivery",
          "RedrivePolicy",
          "DeliveryPolicy",
          "SubscriptionRoleArn");
  private static final Map<String, String> DEFAULTS =
      Map.of("RawMessageDelivery", "false", "FilterPolicyScope", "MessageAttributes");

  SnsSubscription() {
    super(
        "AWS::SNS::Subscription",
        """
        TopicArn!*: String, Protocol!*: String, Endpoint!: String, FilterPolicy: Json
        FilterPolicyScope: String, RawMessageDelivery: Boolean, RedrivePolicy: Json
        DeliveryPolicy: Json, SubscriptionRoleArn: String
        """,
        "Arn");
  }

  @Override
  public Physical create(Context context, Properties now) {
    var attributes = new LinkedHashMap<String, String>();
    ATTRIBUTES.stream().filter(now::has).forEach(n -> attributes.put(n, now.text(n)));
    String arn =
        context
            .client(SnsClient.class)
            .subscribe(b ->
                b.topicArn(now.text("TopicArn"))
                    .protocol(now.text("Protocol"))
                    .endpoint(now.textOrNull("Endpoint"))
                    .attributes(attributes)
                    .returnSubscriptionArn(true))
            .subscriptionArn();
    return Physical.of(arn, "Arn", arn);
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    SnsClient sns = context.client(SnsClient.class);
    for (String name : ATTRIBUTES) {
      if (now.differsFrom(before, name)) {
        String value = now.text(name, DEFAULTS.getOrDefault(name, ""));
        sns.setSubscriptionAttributes(
            b -> b.subscriptionArn(physical.id()).attributeName(name).attributeValue(value));
      }
    }
    return physical;
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    context.client(SnsClient.class).unsubscribe(b -> b.subscriptionArn(physical.id()));
  }
}
