package dev.onboard.local.cloudformation.provider;

import software.amazon.awssdk.services.sns.SnsClient;

/** {@code AWS::SNS::TopicPolicy}: one policy on some topics. */
final class SnsTopicPolicy extends Provider {
  private static final int NAME_LIMIT = 256;

  SnsTopicPolicy() {
    super("AWS::SNS::TopicPolicy", "Topics*: [String], PolicyDocument*: Json", "Id");
  }

  @Override
  public Physical create(Context context, Properties now) {
    set(context, now);
    String id = context.name(null, NAME_LIMIT);
    return Physical.of(id, "Id", id);
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    before.texts("Topics").stream()
        .filter(t -> !now.texts("Topics").contains(t))
        .forEach(t -> setDefault(context, t));
    set(context, now);
    return physical;
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    before.texts("Topics").forEach(t -> setDefault(context, t));
  }

  private static void set(Context context, Properties now) {
    now.texts("Topics").forEach(t -> put(context, t, now.text("PolicyDocument")));
  }

  /**
   * A topic always has a policy; without one of the user's it lets its own account do everything.
   */
  private static void setDefault(Context context, String topic) {
    put(
        context,
        topic,
        """
        {"Version":"2008-10-17","Id":"__default_policy_ID","Statement":[{"Sid":"__default_statement_ID",\
        "Effect":"Allow","Principal":{"AWS":"*"},"Action":["SNS:GetTopicAttributes",\
        "SNS:SetTopicAttributes","SNS:AddPermission","SNS:RemovePermission","SNS:DeleteTopic",\
        "SNS:Subscribe","SNS:ListSubscriptionsByTopic","SNS:Publish"],"Resource":"%s",\
        "Condition":{"StringEquals":{"AWS:SourceOwner":"%s"}}}]}\
        """
            .formatted(topic, context.environment().account()));
  }

  private static void put(Context context, String topic, String policy) {
    context
        .client(SnsClient.class)
        .setTopicAttributes(b -> b.topicArn(topic).attributeName("Policy").attributeValue(policy));
  }
}
