package dev.onboard.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.local.store.Row;
import dev.onboard.local.store.Store;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The asynchronous invocations that have not succeeded yet. */
public final class WaitingEvents {
  private final Store store;

  public WaitingEvents(Store store) {
    this.store = store;
  }

  /** Those that are next. */
  public List<Waiting> next(int atMost) {
    return store.read(tx ->
        tx.list("SELECT * FROM lambda_async ORDER BY next_at, id LIMIT ?", Waiting::of, atMost));
  }

  /**
   * One invocation.
   *
   * @param eventId the {@code id} of its payload, if that is an event of a bus
   * @param attempts how many failed
   * @param next when the next one is, or since when it goes on
   */
  public record Waiting(
      String function, String requestId, @Nullable String eventId, int attempts, Instant next) {
    static Waiting of(Row row) {
      JsonNode payload = Json.tree(row.bytes("payload"));
      return new Waiting(
          row.string("function"),
          row.string("request_id"),
          payload.hasNonNull("detail-type") ? payload.path("id").asText() : null,
          row.integer("attempts"),
          row.instant("next_at"));
    }
  }
}
