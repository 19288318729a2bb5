package dev.onboard.local.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;

class LongPollingTest extends SqsFixture {
  private final List<String> seen = new CopyOnWriteArrayList<>();

  @Test
  void messageComes_answersAtOnce() {
    String url = queue("q");
    poll(url, 20);
    rooms.clock.after(Duration.ofSeconds(3), () -> send(url, "a"));
    rooms.clock.advance(Duration.ofMinutes(1));
    assertThat(seen).containsExactly("[a] after 3");
  }

  @Test
  void nothingComes_answersEmptyWhenTheTimeIsUp() {
    String url = queue("q");
    poll(url, 20);
    rooms.clock.advance(Duration.ofMinutes(1));
    assertThat(seen).containsExactly("[] after 20");
  }

  @Test
  void hiddenMessageShowsAgain_answersThen() {
    String url = queue("q");
    send(url, "a");
    receive(url, b -> b.visibilityTimeout(7));
    poll(url, 20);
    rooms.clock.advance(Duration.ofMinutes(1));
    assertThat(seen).containsExactly("[a] after 7");
  }

  @Test
  void sentInALongerWrite_wakesOnceThatIsDone() {
    String url = queue("q");
    poll(url, 20);
    rooms.clock.after(
        Duration.ofSeconds(1),
        () ->
            rooms.store.write(tx -> {
              send(url, "a");
              send(url, "b");
              return null;
            }));
    rooms.clock.advance(Duration.ofMinutes(1));
    assertThat(seen).containsExactly("[a, b] after 1");
  }

  @Test
  void severalReceivers_eachMessageGoesToOne() {
    String url = queue("q");
    for (int i = 0; i < 3; i++) {
      poll(url, 20);
    }
    rooms.clock.after(Duration.ofSeconds(1), () -> send(url, "a"));
    rooms.clock.after(Duration.ofSeconds(2), () -> send(url, "b"));
    rooms.clock.advance(Duration.ofMinutes(1));
    assertThat(seen).containsExactlyInAnyOrder("[a] after 1", "[b] after 2", "[] after 20");
  }

  @Test
  void severalReceivers_ofWhatSomebodyElseTook_comeToRest() {
    String url = queue("q");
    for (int i = 0; i < 3; i++) {
      poll(url, 20);
    }
    rooms.clock.after(
        Duration.ofSeconds(1),
        () ->
            rooms.store.write(tx -> {
              send(url, "a");
              return receive(url, b -> b.waitTimeSeconds(0));
            }));
    rooms.clock.advance(Duration.ofSeconds(25));
    assertThat(seen).containsExactly("[] after 20", "[] after 20", "[] after 20");
  }

  @Test
  void queuesOwnWait_holdsWhereNoneIsAsked() {
    String url = queue("q", Map.of("ReceiveMessageWaitTimeSeconds", "4"));
    rooms.clock.start("poll", () -> record(sqs.receiveMessage(b -> b.queueUrl(url)).messages()));
    rooms.clock.advance(Duration.ofMinutes(1));
    assertThat(seen).containsExactly("[] after 4");
  }

  private void poll(String url, int seconds) {
    rooms.clock.start("poll", () -> record(receive(url, b -> b.waitTimeSeconds(seconds))));
  }

  private void record(List<Message> messages) {
    long after = Duration.between(dev.onboard.local.Rooms.START, rooms.clock.now()).toSeconds();
    seen.add(messages.stream().map(Message::body).toList() + " after " + after);
  }
}
