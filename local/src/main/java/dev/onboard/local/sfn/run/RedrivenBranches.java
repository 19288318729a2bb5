package dev.onboard.local.sfn.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.sfn.asl.Flow;
import dev.onboard.local.sfn.asl.State;
import dev.onboard.local.sfn.asl.StateError;
import dev.onboard.local.sfn.run.Position.Phase;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the branches of an execution stand when it is redriven (Step Functions developer guide,
 * "Redrive behavior of individual states"): what ended well stays, what did not is done again from
 * the state that it was in, which is not entered once more.
 */
final class RedrivenBranches {
  private final List<FrameRow> rows;
  private final long redriven;
  private final List<FrameRow> result = new ArrayList<>();

  private RedrivenBranches(List<FrameRow> rows, long redriven) {
    this.rows = rows;
    this.redriven = redriven;
  }

  /**
   * Gives the branches that are left.
   *
   * @param rows where they stood at the end
   * @param flow what the execution runs
   * @param redriven the event that says that it was redriven
   */
  static List<FrameRow> of(List<FrameRow> rows, Flow flow, long redriven) {
    var branches = new RedrivenBranches(rows, redriven);
    rows.stream().filter(r -> r.parent() == 0).forEach(r -> branches.add(r, flow));
    return branches.result;
  }

  private void add(FrameRow row, Flow flow) {
    Phase phase = row.position().phase();
    if (phase == Phase.READY || phase == Phase.DONE) {
      result.add(row);
      return;
    }
    State state = flow.state(row.position().state());
    JsonNode data = row.position().dataTree();
    JsonNode branches = phase == Phase.CHILDREN ? data : data.path(Position.BEFORE);
    String error = phase == Phase.FAILED ? data.path("error").asText() : "";
    switch (state) {
      case State.Parallel parallel when goesOn(branches, error) -> {
        result.add(at(row, branches));
        below(row).forEach(b -> add(b, parallel.branches().get(b.branch())));
      }
      case State.MapState map when map.distributed() == null && goesOn(branches, error) -> {
        result.add(at(row, branches));
        below(row).forEach(b -> add(b, map.processor()));
      }
      case State.MapState map
          when map.distributed() != null
              && goesOn(branches, error)
              && !error.equals(StateError.RUNTIME) ->
          result.add(at(row, ((ObjectNode) branches).deepCopy().put("redriven", true)));
      case State.Fail _ -> result.add(anew(row, redriven));
      default -> result.add(anew(row, row.position().entered()));
    }
  }

  /** A state that came to too much runs with all of its branches again. */
  private static boolean goesOn(JsonNode branches, String error) {
    return branches.isObject() && !error.equals(StateError.DATA_LIMIT_EXCEEDED);
  }

  private List<FrameRow> below(FrameRow row) {
    return rows.stream().filter(r -> r.parent() == row.id()).toList();
  }

  private static FrameRow at(FrameRow row, JsonNode branches) {
    return with(
        row,
        row.position().in(Phase.CHILDREN, (ObjectNode) branches),
        branches.path("started").longValue());
  }

  private static FrameRow anew(FrameRow row, long last) {
    return with(row, row.position().in(Phase.ENTERED, null), last);
  }

  /** Retries are counted from the beginning. */
  private static FrameRow with(FrameRow row, Position position, long last) {
    return new FrameRow(
        row.id(), row.parent(), row.branch(), position, last, row.input(), row.variables(), null);
  }
}
