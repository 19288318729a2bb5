package dev.onboard.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.functions.log.Log;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A consumer of a queue that answers with the messages it could not deal with.
 *
 * <p>It reads the event itself: Lambda's serialisation of {@link SQSEvent} adds a third of a second
 * to a first invocation. Public because Lambda calls the method by reflection on the class that
 * declares it.
 */
public abstract class QueueFunction implements RequestStreamHandler {

  @Override
  public final void handleRequest(InputStream in, OutputStream out, Context context)
      throws IOException {
    SQSEvent event = event(Json.read(in));
    Log log = Log.of(context, null);
    try {
      Json.write(answer(handle(event, log, context)), out);
    } catch (RuntimeException e) {
      log.error("failed", "error", e.getClass().getName(), "cause", e.getMessage());
      throw e;
    }
  }

  abstract SQSBatchResponse handle(SQSEvent event, Log log, Context context);

  private static SQSEvent event(JsonNode json) {
    List<SQSMessage> messages = new ArrayList<>();
    for (JsonNode entry : json.path("Records")) {
      SQSMessage message = new SQSMessage();
      message.setMessageId(Json.text(entry, "messageId"));
      message.setReceiptHandle(Json.text(entry, "receiptHandle"));
      message.setBody(Json.text(entry, "body"));
      messages.add(message);
    }
    SQSEvent event = new SQSEvent();
    event.setRecords(messages);
    return event;
  }

  private static JsonNode answer(SQSBatchResponse response) {
    ObjectNode answer = Json.object();
    ArrayNode failures = answer.putArray("batchItemFailures");
    for (BatchItemFailure failure : response.getBatchItemFailures()) {
      failures.addObject().put("itemIdentifier", failure.getItemIdentifier());
    }
    return answer;
  }
}
