package dev.onboard.local.sqs;

import dev.onboard.local.call.Call;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Resumable;
import dev.onboard.local.store.Tx;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.AddPermissionRequest;
import software.amazon.awssdk.services.sqs.model.AddPermissionResponse;
import software.amazon.awssdk.services.sqs.model.CancelMessageMoveTaskRequest;
import software.amazon.awssdk.services.sqs.model.CancelMessageMoveTaskResponse;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.CreateQueueRequest;
import software.amazon.awssdk.services.sqs.model.CreateQueueResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.DeleteQueueRequest;
import software.amazon.awssdk.services.sqs.model.DeleteQueueResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.ListDeadLetterSourceQueuesRequest;
import software.amazon.awssdk.services.sqs.model.ListDeadLetterSourceQueuesResponse;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksRequest;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResponse;
import software.amazon.awssdk.services.sqs.model.ListQueueTagsRequest;
import software.amazon.awssdk.services.sqs.model.ListQueueTagsResponse;
import software.amazon.awssdk.services.sqs.model.ListQueuesRequest;
import software.amazon.awssdk.services.sqs.model.ListQueuesResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.PurgeQueueRequest;
import software.amazon.awssdk.services.sqs.model.PurgeQueueResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.RemovePermissionRequest;
import software.amazon.awssdk.services.sqs.model.RemovePermissionResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.SetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.SetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.StartMessageMoveTaskRequest;
import software.amazon.awssdk.services.sqs.model.StartMessageMoveTaskResponse;
import software.amazon.awssdk.services.sqs.model.TagQueueRequest;
import software.amazon.awssdk.services.sqs.model.TagQueueResponse;
import software.amazon.awssdk.services.sqs.model.UntagQueueRequest;
import software.amazon.awssdk.services.sqs.model.UntagQueueResponse;

/** SQS: its SDK contract over the one store. */
public final class LocalSqs implements SqsClient, Resumable {
  private final Environment env;
  private final Queues queues;
  private final QueueLists lists;
  private final Arrivals arrivals;
  private final Retention retention;
  private final Sending sending;
  private final Receiving receiving;
  private final Visibility visibility;
  private final MoveTasks moveTasks;
  private final QueueCounts counts;
  private final Reporting reporting;
  private final Senders senders = new Senders();

  public LocalSqs(Environment env) {
    this.env = env;
    env.store().migrate("sqs", Schema.VERSIONS);
    long last = env.store().read(tx -> tx.number("SELECT max(seq) FROM sqs_message"));
    var sequence = new Sequence(env.clock(), last);
    this.queues = new Queues(env);
    this.lists = new QueueLists(queues);
    this.arrivals = new Arrivals(env.clock());
    this.retention = new Retention(env);
    this.sending = new Sending(env, sequence, arrivals, retention);
    var deadLetters = new DeadLetters(env, sequence, arrivals, retention);
    this.receiving = new Receiving(env, queues, arrivals, deadLetters);
    this.visibility = new Visibility(env, arrivals);
    this.counts = new QueueCounts(env);
    this.reporting = new Reporting(env, queues);
    this.moveTasks = new MoveTasks(env, queues, deadLetters);
  }

  @Override
  public void resume() {
    env.store().read(queues::all).forEach(q -> retention.sweep(q.name(), q.id()));
    moveTasks.resume();
    reporting.start();
  }

  @Override
  public String serviceName() {
    return "sqs";
  }

  @Override
  public void close() {
    arrivals.close();
  }

  @Override
  public CreateQueueResponse createQueue(CreateQueueRequest request) {
    if (request.queueName() == null || request.queueName().isEmpty()) {
      throw SqsErrors.missingParameter("QueueName");
    }
    Queue queue =
        env.store()
            .write(tx ->
                queues.create(
                    tx, request.queueName(), request.attributesAsStrings(), request.tags()));
    reporting.start();
    return CreateQueueResponse.builder().queueUrl(queues.url(queue.name())).build();
  }

  @Override
  public DeleteQueueResponse deleteQueue(DeleteQueueRequest request) {
    write(
        request.queueUrl(),
        (tx, queue) -> {
          queues.delete(tx, queue);
          env.store()
              .afterCommit(() -> {
                retention.forget(queue.id());
                arrivals.wake(queue.id(), Integer.MAX_VALUE);
              });
        });
    return DeleteQueueResponse.builder().build();
  }

  @Override
  public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
    if (request.queueName() == null || request.queueName().isEmpty()) {
      throw SqsErrors.missingParameter("QueueName");
    }
    String owner = request.queueOwnerAWSAccountId();
    if (owner != null && !owner.equals(env.account())) {
      throw SqsErrors.noQueue();
    }
    Queue queue =
        env.store()
            .read(tx -> queues.named(tx, request.queueName()).orElseThrow(SqsErrors::noQueue));
    return GetQueueUrlResponse.builder().queueUrl(queues.url(queue.name())).build();
  }

  @Override
  public ListQueuesResponse listQueues(ListQueuesRequest request) {
    String prefix = request.queueNamePrefix() == null ? "" : request.queueNamePrefix();
    QueueLists.Page page =
        lists.page(
            request.maxResults(),
            request.nextToken(),
            (name, atMost) -> env.store().read(tx -> queues.names(tx, prefix, name, atMost)));
    // AWS gives a token only to those who ask for pages.
    return ListQueuesResponse.builder()
        .queueUrls(page.urls().isEmpty() ? null : page.urls())
        .nextToken(request.maxResults() == null ? null : page.token())
        .build();
  }

  @Override
  public GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest request) {
    List<String> names = request.attributeNamesAsStrings();
    for (String name : names) {
      if (!QueueAttributes.known(name)) {
        throw SqsErrors.unknownAttribute(name);
      }
    }
    Map<String, String> all =
        env.store().read(tx -> counts.attributes(tx, queues.at(tx, request.queueUrl())));
    var answered = new EnumMap<QueueAttributeName, String>(QueueAttributeName.class);
    all.forEach((name, value) -> {
      if (names.contains("All") || names.contains(name)) {
        answered.put(QueueAttributeName.fromValue(name), value);
      }
    });
    return GetQueueAttributesResponse.builder()
        .attributes(answered.isEmpty() ? null : answered)
        .build();
  }

  @Override
  public SetQueueAttributesResponse setQueueAttributes(SetQueueAttributesRequest request) {
    if (request.attributesAsStrings().isEmpty()) {
      throw SqsErrors.missingParameter("Attribute.Name");
    }
    write(
        request.queueUrl(),
        (tx, queue) -> {
          queues.setAttributes(tx, queue, request.attributesAsStrings());
          env.store()
              .afterCommit(() -> {
                arrivals.wake(queue.id(), Integer.MAX_VALUE);
                retention.sweep(queue.name(), queue.id());
              });
        });
    return SetQueueAttributesResponse.builder().build();
  }

  @Override
  public PurgeQueueResponse purgeQueue(PurgeQueueRequest request) {
    write(request.queueUrl(), queues::purge);
    return PurgeQueueResponse.builder().build();
  }

  @Override
  public TagQueueResponse tagQueue(TagQueueRequest request) {
    write(request.queueUrl(), (tx, queue) -> queues.tag(tx, queue, request.tags()));
    return TagQueueResponse.builder().build();
  }

  @Override
  public UntagQueueResponse untagQueue(UntagQueueRequest request) {
    write(request.queueUrl(), (tx, queue) -> queues.untag(tx, queue, request.tagKeys()));
    return UntagQueueResponse.builder().build();
  }

  @Override
  public ListQueueTagsResponse listQueueTags(ListQueueTagsRequest request) {
    Map<String, String> tags = env.store().read(tx -> queues.at(tx, request.queueUrl())).tags();
    return ListQueueTagsResponse.builder().tags(tags.isEmpty() ? null : tags).build();
  }

  @Override
  public AddPermissionResponse addPermission(AddPermissionRequest request) {
    if (request.awsAccountIds().isEmpty()) {
      throw SqsErrors.missingParameter("AWSAccountIds");
    }
    if (request.actions().isEmpty()) {
      throw SqsErrors.missingParameter("Actions");
    }
    setPolicy(
        request.queueUrl(),
        queue ->
            Permissions.add(queue, request.label(), request.awsAccountIds(), request.actions()));
    return AddPermissionResponse.builder().build();
  }

  @Override
  public RemovePermissionResponse removePermission(RemovePermissionRequest request) {
    setPolicy(request.queueUrl(), queue -> Permissions.remove(queue, request.label()));
    return RemovePermissionResponse.builder().build();
  }

  private void setPolicy(String url, Function<Queue, String> policy) {
    write(
        url, (tx, queue) -> queues.setAttributes(tx, queue, Map.of("Policy", policy.apply(queue))));
  }

  @Override
  public SendMessageResponse sendMessage(SendMessageRequest request) {
    Draft draft = Draft.of(request);
    String sender = senders.id(Call.current().caller());
    return env.store()
        .write(tx -> {
          Queue queue = queues.at(tx, request.queueUrl());
          Sending.Sent sent = sending.send(tx, queue, draft, sender);
          sending.announce(queue, 1);
          return SendMessageResponse.builder()
              .messageId(sent.messageId())
              .md5OfMessageBody(draft.md5())
              .md5OfMessageAttributes(draft.attributesMd5())
              .md5OfMessageSystemAttributes(draft.systemMd5())
              .sequenceNumber(queue.fifo() ? Sequence.text(sent.sequence()) : null)
              .build();
        });
  }

  @Override
  public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
    Batches.check(
        request.entries().stream().map(SendMessageBatchRequestEntry::id).toList(),
        "SendMessageBatchRequestEntry");
    var batch = new SendBatch(request.entries());
    String sender = senders.id(Call.current().caller());
    return env.store()
        .write(tx -> {
          Queue queue = queues.at(tx, request.queueUrl());
          SendMessageBatchResponse response = batch.send(tx, queue, sending, sender);
          sending.announce(queue, response.successful().size());
          return response;
        });
  }

  @Override
  public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
    List<Message> messages = receiving.receive(request);
    return ReceiveMessageResponse.builder().messages(messages.isEmpty() ? null : messages).build();
  }

  @Override
  public DeleteMessageResponse deleteMessage(DeleteMessageRequest request) {
    write(request.queueUrl(), (tx, queue) -> visibility.delete(tx, queue, request.receiptHandle()));
    return DeleteMessageResponse.builder().build();
  }

  @Override
  public DeleteMessageBatchResponse deleteMessageBatch(DeleteMessageBatchRequest request) {
    var batch =
        new EntryBatch<>(
            request.entries(),
            DeleteMessageBatchRequestEntry::id,
            "DeleteMessageBatchRequestEntry");
    write(
        request.queueUrl(),
        (tx, queue) -> batch.run(e -> visibility.delete(tx, queue, e.receiptHandle())));
    return DeleteMessageBatchResponse.builder()
        .successful(batch.done(id -> DeleteMessageBatchResultEntry.builder().id(id).build()))
        .failed(batch.failed())
        .build();
  }

  @Override
  public ChangeMessageVisibilityResponse changeMessageVisibility(
      ChangeMessageVisibilityRequest request) {
    write(
        request.queueUrl(),
        (tx, queue) ->
            visibility.change(tx, queue, request.receiptHandle(), request.visibilityTimeout()));
    return ChangeMessageVisibilityResponse.builder().build();
  }

  @Override
  public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
      ChangeMessageVisibilityBatchRequest request) {
    var batch =
        new EntryBatch<>(
            request.entries(),
            ChangeMessageVisibilityBatchRequestEntry::id,
            "ChangeMessageVisibilityBatchRequestEntry");
    write(
        request.queueUrl(),
        (tx, queue) ->
            batch.run(e -> visibility.change(tx, queue, e.receiptHandle(), e.visibilityTimeout())));
    return ChangeMessageVisibilityBatchResponse.builder()
        .successful(
            batch.done(id -> ChangeMessageVisibilityBatchResultEntry.builder().id(id).build()))
        .failed(batch.failed())
        .build();
  }

  @Override
  public ListDeadLetterSourceQueuesResponse listDeadLetterSourceQueues(
      ListDeadLetterSourceQueuesRequest request) {
    QueueLists.Page page =
        lists.page(
            request.maxResults(),
            request.nextToken(),
            (name, atMost) ->
                env.store()
                    .read(
                        tx -> queues.sources(tx, queues.at(tx, request.queueUrl()), name, atMost)));
    return ListDeadLetterSourceQueuesResponse.builder()
        .queueUrls(page.urls())
        .nextToken(page.token())
        .build();
  }

  @Override
  public StartMessageMoveTaskResponse startMessageMoveTask(StartMessageMoveTaskRequest request) {
    String handle =
        moveTasks.start(
            request.sourceArn(), request.destinationArn(), request.maxNumberOfMessagesPerSecond());
    return StartMessageMoveTaskResponse.builder().taskHandle(handle).build();
  }

  @Override
  public CancelMessageMoveTaskResponse cancelMessageMoveTask(CancelMessageMoveTaskRequest request) {
    return CancelMessageMoveTaskResponse.builder()
        .approximateNumberOfMessagesMoved(moveTasks.cancel(request.taskHandle()))
        .build();
  }

  @Override
  public ListMessageMoveTasksResponse listMessageMoveTasks(ListMessageMoveTasksRequest request) {
    return ListMessageMoveTasksResponse.builder()
        .results(moveTasks.list(request.sourceArn(), request.maxResults()))
        .build();
  }

  private interface Change {
    void run(Tx tx, Queue queue);
  }

  private void write(String url, Change change) {
    env.store()
        .write(tx -> {
          change.run(tx, queues.at(tx, url));
          return null;
        });
  }
}
