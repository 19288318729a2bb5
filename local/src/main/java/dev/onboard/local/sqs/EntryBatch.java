package dev.onboard.local.sqs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;

/** A batch whose entries succeed or fail one by one. */
final class EntryBatch<E> {
  private final List<E> entries;
  private final Function<E, String> id;
  private final List<String> done = new ArrayList<>();
  private final List<BatchResultErrorEntry> failed = new ArrayList<>();

  EntryBatch(List<E> entries, Function<E, String> id, String entryType) {
    Batches.check(entries.stream().map(id).toList(), entryType);
    this.entries = entries;
    this.id = id;
  }

  void run(Consumer<E> each) {
    for (E entry : entries) {
      try {
        each.accept(entry);
        done.add(id.apply(entry));
      } catch (AwsServiceException e) {
        failed.add(Batches.failed(id.apply(entry), e));
      }
    }
  }

  <R> @Nullable List<R> done(Function<String, R> result) {
    return done.isEmpty() ? null : done.stream().map(result).toList();
  }

  @Nullable List<BatchResultErrorEntry> failed() {
    return failed.isEmpty() ? null : failed;
  }
}
