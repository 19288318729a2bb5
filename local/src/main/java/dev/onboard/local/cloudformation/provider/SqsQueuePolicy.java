package dev.onboard.local.cloudformation.provider;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** {@code AWS::SQS::QueuePolicy}: one policy on some queues. */
final class SqsQueuePolicy extends Provider {
  private static final int NAME_LIMIT = 80;

  SqsQueuePolicy() {
    super("AWS::SQS::QueuePolicy", "Queues*: [String], PolicyDocument*: Json", "Id");
  }

  @Override
  public Physical create(Context context, Properties now) {
    set(context, now.texts("Queues"), now.text("PolicyDocument"));
    String id = context.name(null, NAME_LIMIT);
    return Physical.of(id, "Id", id);
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    List<String> queues = now.texts("Queues");
    set(context, before.texts("Queues").stream().filter(q -> !queues.contains(q)).toList(), "");
    set(context, queues, now.text("PolicyDocument"));
    return physical;
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    set(context, before.texts("Queues"), "");
  }

  private static void set(Context context, List<String> queues, String policy) {
    SqsClient sqs = context.client(SqsClient.class);
    for (String queue : queues) {
      sqs.setQueueAttributes(
          b -> b.queueUrl(queue).attributes(Map.of(QueueAttributeName.POLICY, policy)));
    }
  }
}
