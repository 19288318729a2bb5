package dev.onboard.local.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResultEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

class DeadLettersTest extends SqsFixture {
  @Test
  void receivedTooOften_goesToTheDeadLetterQueue() {
    String dead = queue("dead");
    String url = withDeadLetters("q", dead, 2);
    send(url, "a");
    String id = receive(url).getFirst().messageId();
    rooms.clock.advance(Duration.ofSeconds(30));
    receive(url);
    rooms.clock.advance(Duration.ofSeconds(30));
    assertThat(receive(url)).isEmpty();
    Message letter = receive(dead).getFirst();
    assertThat(letter.messageId()).isEqualTo(id);
    assertThat(letter.attributes())
        .containsEntry(MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN, arn(url))
        .containsEntry(MessageSystemAttributeName.SENT_TIMESTAMP, "1767225600000")
        .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "3");
  }

  @Test
  void othersBehindTheDead_areStillGiven() {
    String dead = queue("dead");
    String url = withDeadLetters("q", dead, 1);
    for (int i = 0; i < 12; i++) {
      send(url, "m" + i);
    }
    receive(url, b -> b.visibilityTimeout(0));
    assertThat(bodies(url)).containsExactly("m10", "m11");
    assertThat(counts(dead)).isEqualTo("10 0 0");
  }

  @Test
  void agesOnInTheDeadLetterQueue() {
    String dead = queue("dead", Map.of("MessageRetentionPeriod", "100"));
    String url = withDeadLetters("q", dead, 1);
    send(url, "a");
    receive(url);
    rooms.clock.advance(Duration.ofSeconds(60));
    receive(url);
    assertThat(counts(dead)).isEqualTo("1 0 0");
    rooms.clock.advance(Duration.ofSeconds(40));
    assertThat(counts(dead)).isEqualTo("0 0 0");
  }

  @Test
  void badPolicy_isRefused() {
    assertError(
        () -> withPolicy("q", "{\"maxReceiveCount\":1,\"deadLetterTargetArn\":\"arn:x\"}"),
        "InvalidParameterValueException",
        "Value {\"maxReceiveCount\":1,\"deadLetterTargetArn\":\"arn:x\"} for parameter"
            + " RedrivePolicy is invalid. Reason: Dead letter target does not exist.");
    String dead =
        queue("dead", Map.of("RedriveAllowPolicy", "{\"redrivePermission\":\"denyAll\"}"));
    String policy = "{\"maxReceiveCount\":1,\"deadLetterTargetArn\":\"" + arn(dead) + "\"}";
    assertError(
        () -> withPolicy("q", policy),
        "InvalidParameterValueException",
        "Value "
            + policy
            + " for parameter RedrivePolicy is invalid. Reason: Queue"
            + " arn:aws:sqs:us-east-1:000000000000:q is not allowed to use "
            + arn(dead)
            + " as dead-letter queue.");
    assertError(
        () -> withPolicy("q", "{\"maxReceiveCount\":1}"),
        "InvalidParameterValueException",
        "Value {\"maxReceiveCount\":1} for parameter RedrivePolicy is invalid. Reason: Redrive"
            + " policy does not contain mandatory attribute: deadLetterTargetArn.");
  }

  @Test
  void sources_areListed() {
    String dead = queue("dead");
    String a = withDeadLetters("a", dead, 2);
    String b = withDeadLetters("b", dead, 2);
    queue("c");
    assertThat(sqs.listDeadLetterSourceQueues(r -> r.queueUrl(dead)).queueUrls())
        .containsExactly(a, b);
  }

  @Test
  void moved_goesBackWhereItCameFrom_asANewMessage() {
    String dead = queue("dead");
    String a = withDeadLetters("a", dead, 1);
    String b = withDeadLetters("b", dead, 1);
    send(a, "from a");
    send(b, "from b");
    String id = bury(a);
    bury(b);
    sqs.startMessageMoveTask(r -> r.sourceArn(arn(dead)));
    rooms.clock.advance(Duration.ZERO);
    assertThat(counts(dead)).isEqualTo("0 0 0");
    assertThat(bodies(b)).containsExactly("from b");
    Message back = receive(a).getFirst();
    assertThat(back.messageId()).isNotEqualTo(id);
    assertThat(back.attributes())
        .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1");
    assertThat(tasks(dead))
        .extracting(t -> t.status() + t.approximateNumberOfMessagesMoved())
        .containsExactly("COMPLETED2");
  }

  @Test
  void movedAtARate_goesOnAfterARestart_andCanBeCancelled() {
    String dead = queue("dead");
    String url = withDeadLetters("q", dead, 1);
    for (int i = 0; i < 10; i++) {
      send(dead, "m" + i);
    }
    String target = queue("target");
    sqs.startMessageMoveTask(
        b -> b.sourceArn(arn(dead)).destinationArn(arn(target)).maxNumberOfMessagesPerSecond(2));
    rooms.clock.advance(Duration.ofMillis(1500));
    assertThat(counts(target)).isEqualTo("4 0 0");
    assertError(
        () -> sqs.startMessageMoveTask(b -> b.sourceArn(arn(dead))),
        "InvalidParameterValueException",
        "There is already a task running. Only one active task is allowed for a source queue arn at"
            + " a given time.");
    restart();
    rooms.clock.advance(Duration.ofMillis(500));
    assertThat(counts(target)).isEqualTo("6 0 0");
    String handle = tasks(dead).getFirst().taskHandle();
    assertThat(
            sqs.cancelMessageMoveTask(b -> b.taskHandle(handle)).approximateNumberOfMessagesMoved())
        .isEqualTo(6);
    rooms.clock.advance(Duration.ofMinutes(1));
    assertThat(counts(target)).isEqualTo("6 0 0");
    assertThat(tasks(dead).getFirst().status()).isEqualTo("CANCELLED");
    assertThat(url).isNotNull();
  }

  @Test
  void unknownOrigin_failsTheTask() {
    String dead = queue("dead");
    withDeadLetters("q", dead, 1);
    send(dead, "sent here");
    sqs.startMessageMoveTask(b -> b.sourceArn(arn(dead)));
    rooms.clock.advance(Duration.ZERO);
    assertThat(tasks(dead))
        .extracting(t -> t.status() + " " + t.failureReason())
        .containsExactly("FAILED CouldNotDetermineMessageSource");
    assertThat(counts(dead)).isEqualTo("1 0 0");
  }

  @Test
  void badMoveTasks_areRefused() {
    String plain = queue("plain");
    assertError(
        () -> sqs.startMessageMoveTask(b -> b.sourceArn(arn(plain))),
        "InvalidParameterValueException",
        "Source queue must be configured as a Dead Letter Queue.");
    assertError(
        () -> sqs.startMessageMoveTask(b -> b.sourceArn(arn(plain) + "x")),
        "ResourceNotFoundException",
        "The resource that you specified for the SourceArn parameter doesn't exist.");
    assertError(
        () -> sqs.cancelMessageMoveTask(b -> b.taskHandle("foobared")),
        "InvalidParameterValueException",
        "Value for parameter TaskHandle is invalid.");
  }

  private String bury(String url) {
    String id = receive(url, b -> b.visibilityTimeout(0)).getFirst().messageId();
    assertThat(receive(url)).isEmpty();
    return id;
  }

  private List<ListMessageMoveTasksResultEntry> tasks(String dead) {
    return sqs.listMessageMoveTasks(b -> b.sourceArn(arn(dead))).results();
  }

  private String withDeadLetters(String name, String dead, int maxReceiveCount) {
    return withPolicy(
        name,
        "{\"deadLetterTargetArn\":\""
            + arn(dead)
            + "\",\"maxReceiveCount\":"
            + maxReceiveCount
            + "}");
  }

  private String withPolicy(String name, String policy) {
    return queue(name, Map.of("RedrivePolicy", policy));
  }
}
