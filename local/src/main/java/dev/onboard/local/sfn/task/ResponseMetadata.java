package dev.onboard.local.sfn.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.call.RequestIds;
import dev.onboard.local.sfn.asl.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What optimised integrations tell of the HTTP response, beside what the service answered. */
final class ResponseMetadata {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private ResponseMetadata() {}

  /** Adds it to a response. */
  static ObjectNode add(ObjectNode response, Instant now) {
    return add(response, now, Json.text(response).length());
  }

  /**
   * Adds it to a response of which the body's length is known.
   *
   * @param bytes that length
   */
  static ObjectNode add(ObjectNode response, Instant now, int bytes) {
    String requestId = RequestIds.next();
    String length = String.valueOf(bytes);
    ObjectNode headers =
        Json.object()
            .put("connection", "keep-alive")
            .put("Content-Length", length)
            .put("Content-Type", "application/x-amz-json-1.0")
            .put("Date", DATE.format(now))
            .put("x-amzn-RequestId", requestId);
    ObjectNode all = Json.object();
    headers.properties().forEach(e -> all.set(e.getKey(), Json.array().add(e.getValue())));
    ObjectNode http = Json.object();
    http.set("AllHttpHeaders", all);
    http.set("HttpHeaders", headers);
    http.put("HttpStatusCode", 200);
    response.set("SdkHttpMetadata", http);
    response.set("SdkResponseMetadata", Json.object().put("RequestId", requestId));
    return response;
  }
}
