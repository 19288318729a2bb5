package dev.onboard.local.sns;

import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Resumable;
import dev.onboard.local.store.Tx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.CreateTopicRequest;
import software.amazon.awssdk.services.sns.model.CreateTopicResponse;
import software.amazon.awssdk.services.sns.model.DeleteTopicRequest;
import software.amazon.awssdk.services.sns.model.DeleteTopicResponse;
import software.amazon.awssdk.services.sns.model.GetSubscriptionAttributesRequest;
import software.amazon.awssdk.services.sns.model.GetSubscriptionAttributesResponse;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesRequest;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesResponse;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicRequest;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicResponse;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsRequest;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsResponse;
import software.amazon.awssdk.services.sns.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.sns.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.sns.model.ListTopicsRequest;
import software.amazon.awssdk.services.sns.model.ListTopicsResponse;
import software.amazon.awssdk.services.sns.model.PublishBatchRequest;
import software.amazon.awssdk.services.sns.model.PublishBatchResponse;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;
import software.amazon.awssdk.services.sns.model.SetSubscriptionAttributesRequest;
import software.amazon.awssdk.services.sns.model.SetSubscriptionAttributesResponse;
import software.amazon.awssdk.services.sns.model.SetTopicAttributesRequest;
import software.amazon.awssdk.services.sns.model.SetTopicAttributesResponse;
import software.amazon.awssdk.services.sns.model.SubscribeRequest;
import software.amazon.awssdk.services.sns.model.SubscribeResponse;
import software.amazon.awssdk.services.sns.model.Subscription;
import software.amazon.awssdk.services.sns.model.Tag;
import software.amazon.awssdk.services.sns.model.TagResourceRequest;
import software.amazon.awssdk.services.sns.model.TagResourceResponse;
import software.amazon.awssdk.services.sns.model.Topic;
import software.amazon.awssdk.services.sns.model.UnsubscribeRequest;
import software.amazon.awssdk.services.sns.model.UnsubscribeResponse;
import software.amazon.awssdk.services.sns.model.UntagResourceRequest;
import software.amazon.awssdk.services.sns.model.UntagResourceResponse;

/** SNS: its SDK contract over the one store. */
public final class LocalSns implements SnsClient, Resumable {
  private final Environment env;
  private final Topics topics;
  private final Subscriptions subscriptions;
  private final Delivery delivery;
  private final Publishing publishing;

  public LocalSns(Environment env) {
    this.env = env;
    env.store().migrate("sns", Schema.VERSIONS);
    this.topics = new Topics(env);
    this.subscriptions = new Subscriptions(env, topics);
    this.delivery = new Delivery(env, subscriptions);
    this.publishing = new Publishing(env, topics, subscriptions, delivery);
  }

  @Override
  public void resume() {
    delivery.await();
  }

  @Override
  public String serviceName() {
    return "sns";
  }

  @Override
  public void close() {
    // Nothing is held open.
  }

  private void write(Consumer<Tx> work) {
    env.store()
        .write(tx -> {
          work.accept(tx);
          return null;
        });
  }

  @Override
  public CreateTopicResponse createTopic(CreateTopicRequest request) {
    if (request.dataProtectionPolicy() != null) {
      throw SnsErrors.unsupported("CreateTopic", "DataProtectionPolicy");
    }
    write(tx -> topics.create(tx, request.name(), request.attributes(), request.tags()));
    return CreateTopicResponse.builder().topicArn(topics.arn(request.name())).build();
  }

  @Override
  public DeleteTopicResponse deleteTopic(DeleteTopicRequest request) {
    SnsErrors.checkArn("TopicArn", request.topicArn());
    String arn = request.topicArn();
    write(tx -> topics.delete(tx, arn.substring(arn.lastIndexOf(':') + 1)));
    return DeleteTopicResponse.builder().build();
  }

  @Override
  public ListTopicsResponse listTopics(ListTopicsRequest request) {
    List<String> names = env.store().read(tx -> topics.names(tx, Texts.after(request.nextToken())));
    boolean more = names.size() > Limits.LISTED;
    List<String> page = more ? names.subList(0, Limits.LISTED) : names;
    return ListTopicsResponse.builder()
        .topics(page.stream().map(n -> Topic.builder().topicArn(topics.arn(n)).build()).toList())
        .nextToken(more ? Texts.token(page.getLast()) : null)
        .build();
  }

  @Override
  public GetTopicAttributesResponse getTopicAttributes(GetTopicAttributesRequest request) {
    Map<String, String> attributes =
        env.store().read(tx -> topics.describe(tx, topics.get(tx, "TopicArn", request.topicArn())));
    return GetTopicAttributesResponse.builder().attributes(attributes).build();
  }

  @Override
  public SetTopicAttributesResponse setTopicAttributes(SetTopicAttributesRequest request) {
    write(tx ->
        topics.set(
            tx,
            topics.get(tx, "TopicArn", request.topicArn()),
            request.attributeName(),
            request.attributeValue()));
    return SetTopicAttributesResponse.builder().build();
  }

  @Override
  public SubscribeResponse subscribe(SubscribeRequest request) {
    Subscriptions.Subscription subscription =
        env.store()
            .write(tx ->
                subscriptions.subscribe(
                    tx,
                    topics.get(tx, "TopicArn", request.topicArn()),
                    request.protocol(),
                    request.endpoint(),
                    request.attributes()));
    boolean known = !subscription.pending() || Boolean.TRUE.equals(request.returnSubscriptionArn());
    return SubscribeResponse.builder()
        .subscriptionArn(known ? subscriptions.arn(subscription) : "pending confirmation")
        .build();
  }

  @Override
  public UnsubscribeResponse unsubscribe(UnsubscribeRequest request) {
    write(tx -> subscriptions.unsubscribe(tx, request.subscriptionArn()));
    return UnsubscribeResponse.builder().build();
  }

  @Override
  public GetSubscriptionAttributesResponse getSubscriptionAttributes(
      GetSubscriptionAttributesRequest request) {
    Map<String, String> attributes =
        subscriptions.describe(
            env.store().read(tx -> subscriptions.get(tx, request.subscriptionArn())));
    return GetSubscriptionAttributesResponse.builder().attributes(attributes).build();
  }

  @Override
  public SetSubscriptionAttributesResponse setSubscriptionAttributes(
      SetSubscriptionAttributesRequest request) {
    write(tx ->
        subscriptions.set(
            tx,
            subscriptions.get(tx, request.subscriptionArn()),
            request.attributeName(),
            request.attributeValue()));
    return SetSubscriptionAttributesResponse.builder().build();
  }

  @Override
  public ListSubscriptionsResponse listSubscriptions(ListSubscriptionsRequest request) {
    Listed listed = list(null, request.nextToken());
    return ListSubscriptionsResponse.builder()
        .subscriptions(listed.subscriptions())
        .nextToken(listed.nextToken())
        .build();
  }

  @Override
  public ListSubscriptionsByTopicResponse listSubscriptionsByTopic(
      ListSubscriptionsByTopicRequest request) {
    Topics.Topic topic = env.store().read(tx -> topics.get(tx, "TopicArn", request.topicArn()));
    Listed listed = list(topic.name(), request.nextToken());
    return ListSubscriptionsByTopicResponse.builder()
        .subscriptions(listed.subscriptions())
        .nextToken(listed.nextToken())
        .build();
  }

  private record Listed(List<Subscription> subscriptions, @Nullable String nextToken) {}

  private Listed list(@Nullable String topic, @Nullable String token) {
    List<Subscriptions.Subscription> found =
        env.store().read(tx -> subscriptions.list(tx, topic, Texts.after(token)));
    boolean more = found.size() > Limits.LISTED;
    List<Subscriptions.Subscription> page = more ? found.subList(0, Limits.LISTED) : found;
    return new Listed(
        page.stream().map(this::listed).toList(),
        more ? Texts.token(page.getLast().number()) : null);
  }

  private Subscription listed(Subscriptions.Subscription subscription) {
    return Subscription.builder()
        .subscriptionArn(
            subscription.pending() ? "PendingConfirmation" : subscriptions.arn(subscription))
        .owner(env.account())
        .protocol(subscription.protocol())
        .endpoint(subscription.endpoint())
        .topicArn(topics.arn(subscription.topic()))
        .build();
  }

  @Override
  public PublishResponse publish(PublishRequest request) {
    return publishing.publish(request);
  }

  @Override
  public PublishBatchResponse publishBatch(PublishBatchRequest request) {
    return publishing.publish(request);
  }

  @Override
  public TagResourceResponse tagResource(TagResourceRequest request) {
    write(tx -> {
      Topics.Topic topic = tagged(tx, request.resourceArn());
      var tags = new LinkedHashMap<>(topic.tags());
      tags.putAll(Tags.map(request.tags()));
      topics.setTags(tx, topic, tags);
    });
    return TagResourceResponse.builder().build();
  }

  @Override
  public UntagResourceResponse untagResource(UntagResourceRequest request) {
    write(tx -> {
      Topics.Topic topic = tagged(tx, request.resourceArn());
      var tags = new LinkedHashMap<>(topic.tags());
      request.tagKeys().forEach(tags::remove);
      topics.setTags(tx, topic, tags);
    });
    return UntagResourceResponse.builder().build();
  }

  @Override
  public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    List<Tag> tags = Tags.list(env.store().read(tx -> tagged(tx, request.resourceArn())).tags());
    return ListTagsForResourceResponse.builder().tags(tags).build();
  }

  private Topics.Topic tagged(Tx tx, @Nullable String arn) {
    String name = arn == null ? "" : arn.substring(arn.lastIndexOf(':') + 1);
    return topics.find(tx, name).orElseThrow(SnsErrors::noResource);
  }
}
