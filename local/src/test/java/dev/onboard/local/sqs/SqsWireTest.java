package dev.onboard.local.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.local.LocalRuntime;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsRequest;
import software.amazon.awssdk.services.sqs.model.SqsResponse;

/** The Query protocol, which clients of before November 2023 speak to SQS. */
class SqsWireTest {
  private static LocalRuntime runtime;
  private static SqsClient sqs;

  @BeforeAll
  static void start(@TempDir Path data) throws IOException {
    runtime = LocalRuntime.start(data, 0);
    sqs = runtime.client(SqsClient.class);
  }

  @AfterAll
  static void stop() {
    runtime.close();
  }

  @Test
  void attributesAndTags_areReadFromTheForm() throws Exception {
    ask(
        "Action=CreateQueue",
        "QueueName=made",
        "Attribute.1.Name=VisibilityTimeout",
        "Attribute.1.Value=17",
        "Attribute.2.Name=DelaySeconds",
        "Attribute.2.Value=3",
        "Tag.1.Key=team",
        "Tag.1.Value=a");
    String url = sqs.getQueueUrl(b -> b.queueName("made")).queueUrl();
    assertThat(
            sqs.getQueueAttributes(b -> b.queueUrl(url).attributeNamesWithStrings("All"))
                .attributes())
        .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "17")
        .containsEntry(QueueAttributeName.DELAY_SECONDS, "3");
    assertThat(sqs.listQueueTags(b -> b.queueUrl(url)).tags()).containsEntry("team", "a");
  }

  @Test
  void answers_haveTheirListsAndMapsAsBefore() throws Exception {
    String url = sqs.createQueue(b -> b.queueName("answers")).queueUrl();
    assertThat(ask("Action=ListQueues", "QueueNamePrefix=answers"))
        .contains("<ListQueuesResult><QueueUrl>" + url + "</QueueUrl></ListQueuesResult>");
    assertThat(
            ask(
                "Action=GetQueueAttributes",
                "QueueUrl=" + url,
                "AttributeName.1=VisibilityTimeout"))
        .contains("<Attribute><Name>VisibilityTimeout</Name><Value>30</Value></Attribute>");
  }

  @Test
  void message_comesWithItsAttributes() throws Exception {
    String url = sqs.createQueue(b -> b.queueName("messages")).queueUrl();
    assertThat(
            ask(
                "Action=SendMessageBatch",
                "QueueUrl=" + url,
                "SendMessageBatchRequestEntry.1.Id=a",
                "SendMessageBatchRequestEntry.1.MessageBody=over & out",
                "SendMessageBatchRequestEntry.1.MessageAttribute.1.Name=kind",
                "SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.DataType=String",
                "SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.StringValue=test",
                "SendMessageBatchRequestEntry.2.Id=b",
                "SendMessageBatchRequestEntry.2.MessageBody=late",
                "SendMessageBatchRequestEntry.2.DelaySeconds=901"))
        .contains("<SendMessageBatchResultEntry><Id>a</Id>", "<BatchResultErrorEntry><Id>b</Id>");
    assertThat(
            ask(
                "Action=ReceiveMessage",
                "QueueUrl=" + url,
                "AttributeName.1=ApproximateReceiveCount",
                "MessageAttributeName.1=All"))
        .contains(
            "<ReceiveMessageResult><Message><MessageId>",
            "<Body>over &amp; out</Body>",
            "<Attribute><Name>ApproximateReceiveCount</Name><Value>1</Value></Attribute>",
            "<MessageAttribute><Name>kind</Name><Value><StringValue>test</StringValue>");
  }

  @Test
  void errors_areCalledAsBefore() throws Exception {
    assertThat(ask("Action=GetQueueUrl", "QueueName=absent"))
        .contains("<Code>AWS.SimpleQueueService.NonExistentQueue</Code>");
  }

  @Test
  void errorsOfTheProtocolOfToday_nameTheFormerCodeBeside() throws Exception {
    HttpResponse<String> answer =
        post(
            "application/x-amz-json-1.0",
            "{\"QueueName\":\"absent\"}",
            "X-Amz-Target",
            "AmazonSQS.GetQueueUrl");
    assertThat(answer.body()).contains("\"__type\":\"QueueDoesNotExist\"");
    assertThat(answer.headers().firstValue("x-amzn-query-error"))
        .hasValue("AWS.SimpleQueueService.NonExistentQueue;Sender");
  }

  @Test
  void everyListAndMapOfTheModel_hasAName() {
    var wire = new SqsWire();
    Arrays.stream(SqsClient.class.getMethods())
        .filter(m -> m.getParameterCount() == 1)
        .filter(m -> SqsRequest.class.isAssignableFrom(m.getParameterTypes()[0]))
        .filter(m -> SqsResponse.class.isAssignableFrom(m.getReturnType()))
        .forEach(m -> {
          String operation = m.getName().substring(0, 1).toUpperCase() + m.getName().substring(1);
          assertThat(Stream.of(m.getParameterTypes()[0], m.getReturnType()))
              .flatMap(type -> many(builder(type)).toList())
              .allSatisfy(f -> assertThat(wire.names(operation, f.locationName())).isNotNull());
        });
  }

  private static Stream<SdkField<?>> many(SdkPojo pojo) {
    return pojo.sdkFields().stream()
        .flatMap(field -> {
          ListTrait list = field.getTrait(ListTrait.class);
          MapTrait map = field.getTrait(MapTrait.class);
          if (list == null && map == null) {
            return Stream.empty();
          }
          SdkField<?> element = list == null ? map.valueFieldInfo() : list.memberFieldInfo();
          return element.marshallingType() != MarshallingType.SDK_POJO
              ? Stream.of(field)
              : Stream.concat(Stream.of(field), many(element.constructor().get()));
        });
  }

  private static SdkPojo builder(Class<?> type) {
    try {
      return (SdkPojo) type.getMethod("builder").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends a form and gives the body of the answer. */
  private static String ask(String... parameters) throws IOException, InterruptedException {
    String form =
        Arrays.stream(parameters)
            .map(p -> {
              int equals = p.indexOf('=') + 1;
              return p.substring(0, equals)
                  + URLEncoder.encode(p.substring(equals), StandardCharsets.UTF_8);
            })
            .collect(Collectors.joining("&"));
    return post(
            "application/x-www-form-urlencoded; charset=utf-8",
            form + "&Version=2012-11-05",
            "X-Amz-Date",
            "20260101T000000Z")
        .body();
  }

  private static HttpResponse<String> post(
      String contentType, String body, String header, String value)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(runtime.endpoint() + "/"))
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sqs/aws4_request,"
                    + " SignedHeaders=host, Signature=00")
            .header("Content-Type", contentType)
            .header(header, value)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }
}
