package dev.onboard.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.functions.event.UserEvents;
import dev.onboard.functions.log.Log;
import dev.onboard.functions.time.Pause;
import dev.onboard.functions.user.BatchLedger;
import dev.onboard.functions.user.BatchStorage;
import dev.onboard.functions.user.BatchStorage.Batch;
import dev.onboard.functions.user.BatchStorage.Outcome;
import dev.onboard.functions.user.DynamoBatchLedger;
import dev.onboard.functions.user.DynamoUserStore;
import dev.onboard.functions.user.Person;
import dev.onboard.functions.user.UserStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Stores the people of a batch who are no users yet, and answers with the events still owed. */
public final class StoreUsers extends JsonFunction {

  private final BatchStorage storage;

  /** Made by Lambda. */
  public StoreUsers() {
    this(Clients.dynamoDb());
  }

  private StoreUsers(DynamoDbClient dynamoDb) {
    this(
        new DynamoUserStore(dynamoDb, Environment.text("USERS_TABLE"), Pause.REAL),
        new DynamoBatchLedger(dynamoDb, Environment.text("IMPORTS_TABLE"), Pause.REAL));
  }

  StoreUsers(UserStore users, BatchLedger ledger) {
    this.storage = new BatchStorage(users, ledger);
    Snapshot.prime(() -> ledger.published(List.of("priming")));
  }

  @Override
  JsonNode handle(JsonNode input, Log log, Context context) {
    Batch batch = batch(input);
    String correlationId = Json.text(input, "correlationId");
    Outcome outcome = storage.store(batch);
    ObjectNode answer =
        Json.object()
            .put("importId", batch.importId())
            .put("batch", batch.key())
            .put("rows", batch.rows())
            .put("created", outcome.created())
            .put("existing", outcome.existing())
            .put("rejected", batch.rejected());
    ArrayNode events = answer.putArray("events");
    outcome
        .unpublished()
        .forEach(user -> events.add(UserEvents.created(user, correlationId, null)));
    log.info(
        "stored",
        "importId",
        batch.importId(),
        "firstRow",
        batch.firstRow(),
        "created",
        outcome.created(),
        "existing",
        outcome.existing(),
        "rejected",
        batch.rejected(),
        "toPublish",
        events.size());
    return answer;
  }

  private static Batch batch(JsonNode input) {
    Map<Integer, Person> people = new LinkedHashMap<>();
    input.path("users").forEach(user -> people.put(Json.number(user, "row"), People.read(user)));
    return new Batch(
        Json.text(input, "importId"),
        Json.text(input, "startedAt"),
        Json.number(input, "firstRow"),
        Json.number(input, "lastRow"),
        Json.number(input, "rows"),
        Json.number(input, "rejected"),
        people);
  }
}
