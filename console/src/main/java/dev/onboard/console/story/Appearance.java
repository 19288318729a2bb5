package dev.onboard.console.story;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.stack.UserItem;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/**
 * An address in a row of an imported file.
 *
 * @param batch the child execution that worked on the row
 * @param row its number, as a spreadsheet shows it
 * @param problem why it was refused at inspection; empty if it was not
 * @param firstRow the number of the batch's first row
 */
record Appearance(
    DescribeExecutionResponse batch,
    String importId,
    int row,
    String problem,
    int firstRow,
    int lastRow) {

  /** The rows of a batch in which an address stands; none if it is only mentioned there. */
  static List<Appearance> in(DescribeExecutionResponse batch, String address) {
    JsonNode input = WorkflowChapter.json(batch.input());
    JsonNode items = input.path("Items");
    var appearances = new ArrayList<Appearance>();
    for (JsonNode item : items) {
      if (UserItem.keyOf(item.path("email").asText()).equals(address)) {
        appearances.add(
            new Appearance(
                batch,
                input.at("/BatchInput/importId").asText(),
                row(item),
                item.path("#problem").asText(),
                row(items.get(0)),
                row(items.get(items.size() - 1))));
      }
    }
    return appearances;
  }

  private static int row(JsonNode item) {
    return item.path("#row").asInt();
  }
}
