package dev.onboard.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.functions.log.Log;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A function from one JSON document to another. It reads and writes them itself: Lambda's own
 * serialisation of handler types costs start-up time for nothing here.
 *
 * <p>Public because Lambda calls the method by reflection on the class that declares it.
 */
public abstract class JsonFunction implements RequestStreamHandler {

  @Override
  public final void handleRequest(InputStream in, OutputStream out, Context context)
      throws IOException {
    JsonNode input = Json.read(in);
    Log log = Log.of(context, Json.optional(input, "correlationId"));
    try {
      Json.write(handle(input, log, context), out);
    } catch (IOException | RuntimeException e) {
      log.error("failed", "error", e.getClass().getName(), "cause", e.getMessage());
      throw e;
    }
  }

  abstract JsonNode handle(JsonNode input, Log log, Context context) throws IOException;
}
