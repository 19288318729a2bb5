package dev.onboard.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.functions.csv.PreparedRows;
import dev.onboard.functions.csv.RowValidator;
import dev.onboard.functions.csv.Verdict.Accepted;
import dev.onboard.functions.csv.Verdict.Rejected;
import dev.onboard.functions.log.Log;
import java.util.LinkedHashMap;
import java.util.Map;

/** Turns a batch of prepared rows into people and a number of rejected rows; touches nothing. */
public final class ValidateRows extends JsonFunction {

  private static final String SAMPLE =
      """
      {"BatchInput": {"importId": "i", "startedAt": "s", "correlationId": "c"},
       "Items": [{"#row": "2", "#problem": "", "email": "ada@example.com", "Team": "A"}]}
      """;

  /** Made by Lambda. */
  public ValidateRows() {
    Snapshot.prime(() -> validate(Json.read(SAMPLE)));
  }

  @Override
  JsonNode handle(JsonNode input, Log log, Context context) {
    ObjectNode answer = validate(input);
    log.correlated(Json.optional(answer, "correlationId"))
        .info(
            "validated",
            "importId",
            Json.text(answer, "importId"),
            "firstRow",
            Json.number(answer, "firstRow"),
            "rows",
            Json.number(answer, "rows"),
            "rejected",
            Json.number(answer, "rejected"));
    return answer;
  }

  private static ObjectNode validate(JsonNode input) {
    JsonNode batch = input.path("BatchInput");
    JsonNode items = input.path("Items");
    if (items.isEmpty()) {
      throw new IllegalArgumentException("a batch must have items");
    }
    ObjectNode answer = Json.object();
    answer.put("importId", Json.text(batch, "importId"));
    answer.put("startedAt", Json.text(batch, "startedAt"));
    answer.put("correlationId", Json.text(batch, "correlationId"));
    answer.put("firstRow", row(items.get(0)));
    answer.put("lastRow", row(items.get(items.size() - 1)));
    answer.put("rows", items.size());
    ArrayNode users = answer.putArray("users");
    int rejected = 0;
    for (JsonNode item : items) {
      switch (RowValidator.validate(PreparedRows.row(cells(item)))) {
        case Accepted accepted -> users.add(People.write(accepted.row(), accepted.person()));
        case Rejected _ -> rejected++;
      }
    }
    return answer.put("rejected", rejected);
  }

  private static int row(JsonNode item) {
    return Integer.parseInt(Json.text(item, PreparedRows.ROW));
  }

  private static Map<String, String> cells(JsonNode item) {
    Map<String, String> cells = new LinkedHashMap<>();
    item.properties().forEach(cell -> cells.put(cell.getKey(), cell.getValue().asText()));
    return cells;
  }
}
