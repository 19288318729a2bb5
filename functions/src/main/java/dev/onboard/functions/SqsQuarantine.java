package dev.onboard.functions;

import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** The quarantine queue; its client is made when it is first needed, which is hardly ever. */
final class SqsQuarantine implements Quarantine {

  private static final class Client {
    static final SqsClient SQS = Clients.sqs();
  }

  private final String queueUrl;

  SqsQuarantine(String queueUrl) {
    this.queueUrl = queueUrl;
  }

  @Override
  public void put(String body, String reason) {
    MessageAttributeValue why =
        MessageAttributeValue.builder().dataType("String").stringValue(reason).build();
    Client.SQS.sendMessage(
        send -> send.queueUrl(queueUrl).messageBody(body).messageAttributes(Map.of("reason", why)));
  }
}
