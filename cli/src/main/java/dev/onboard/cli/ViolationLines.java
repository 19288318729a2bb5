package dev.onboard.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/** How an event does not fit its schema, as the runtime tells of it. */
record ViolationLines(JsonNode violations) {

  void print(PrintWriter out, String indent) {
    for (JsonNode violation : violations) {
      out.println(
          indent
              + "does not fit "
              + violation.path("schema").asText()
              + ": "
              + violation.path("at").asText()
              + ": "
              + violation.path("problem").asText());
    }
  }
}
