package dev.onboard.console.queues;

import dev.onboard.console.web.Environment;
import dev.onboard.console.web.Figures;
import dev.onboard.console.web.Notices.Notice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * What is done with single messages. A message is taken away only after what it asks for was done,
 * so that whatever happens it is never lost, though it may be there twice.
 */
final class Deeds {
  private final Environment env;
  private final SqsClient sqs;
  private final QueueState queue;
  private final List<String> failures = new ArrayList<>();
  private int done;

  Deeds(Environment env, QueueState queue) {
    this.env = env;
    this.sqs = env.sdk().client(SqsClient.class);
    this.queue = queue;
  }

  /**
   * Gives messages another chance.
   *
   * @param choose which way a message goes; null if it has none
   */
  Notice again(List<String> numbers, Function<QueuedMessage, @Nullable Way> choose) {
    for (String number : numbers) {
      find(number).ifPresent(m -> again(m, choose.apply(m)));
    }
    return notice("was sent again and is gone from here", "were sent again and are gone from here");
  }

  private void again(QueuedMessage message, @Nullable Way way) {
    if (way == null) {
      failures.add("Message " + message.id() + " stays: there is no way to send it again.");
      return;
    }
    try {
      way.deed().run();
    } catch (SdkException | IllegalStateException e) {
      failures.add("Message " + message.id() + " stays, for it was not taken: " + said(e));
      return;
    }
    String problem = delete(message);
    if (problem == null) {
      done++;
    } else {
      failures.add("Message " + message.id() + " was sent again, but is here as well: " + problem);
    }
  }

  Notice delete(List<String> numbers) {
    for (String number : numbers) {
      find(number)
          .ifPresent(m -> {
            String problem = delete(m);
            if (problem == null) {
              done++;
            } else {
              failures.add("Message " + m.id() + " was not deleted: " + problem);
            }
          });
    }
    return notice("was deleted", "were deleted");
  }

  /** Deletes a message; answers what stands in the way, null if nothing does. */
  private @Nullable String delete(QueuedMessage message) {
    try {
      sqs.deleteMessage(d -> d.queueUrl(queue.url()).receiptHandle(message.handle()));
    } catch (SdkException e) {
      return said(e);
    }
    // SQS answers as if it had, though somebody received the message meanwhile.
    return find(String.valueOf(message.number())).isPresent()
        ? "something received it in this moment."
        : null;
  }

  private Optional<QueuedMessage> find(String number) {
    return QueueReader.message(env, queue.name(), number);
  }

  static String said(RuntimeException e) {
    return e instanceof AwsServiceException a && a.awsErrorDetails() != null
        ? a.awsErrorDetails().errorMessage() + " (" + a.awsErrorDetails().errorCode() + ")"
        : String.valueOf(e.getMessage());
  }

  private Notice notice(String one, String more) {
    var lines = new ArrayList<String>();
    if (done > 0 || failures.isEmpty()) {
      lines.add(
          done == 0
              ? "Nothing was done: no message was chosen, or it is gone already."
              : Figures.count(done, "message " + one, "messages " + more) + ".");
    }
    lines.addAll(failures);
    return new Notice(failures.isEmpty(), lines);
  }
}
