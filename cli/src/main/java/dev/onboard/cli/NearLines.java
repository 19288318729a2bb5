package dev.onboard.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.console.bus.NearestEvents.Near;
import dev.onboard.console.trail.AcceptedEvent;
import java.io.PrintWriter;

/** An event that almost matched a rule, for a terminal. */
record NearLines(Near near) {

  void print(PrintWriter out) {
    AcceptedEvent event = near.accepted();
    out.printf(
        "%n%s  %s from %s  (%s)%s%n",
        event.at(),
        event.detailType(),
        event.source(),
        event.id(),
        near.times() == 1
            ? ""
            : ", and " + (near.times() - 1) + " older ones for the same reasons");
    near.explanation().nearest().reasons().forEach(reason -> out.println("  " + reason));
  }

  ObjectNode json() {
    AcceptedEvent event = near.accepted();
    ObjectNode json =
        RuntimeEndpoint.JSON
            .createObjectNode()
            .put("id", event.id())
            .put("time", event.at().toString())
            .put("source", event.source())
            .put("detailType", event.detailType())
            .put("times", near.times());
    RuleAnswerLines.addFailures(json, near.explanation());
    return json;
  }
}
