package dev.onboard.local.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.onboard.local.call.AwsErrors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;

/**
 * AWS JSON 1.0 and 1.1: everything is a POST of one JSON object, the operation stands in {@code
 * X-Amz-Target}.
 *
 * @param contentType the content type of the answers, which is that of the request
 * @param former how the service spoke before it came to this protocol, if it did
 */
record JsonProtocol(String contentType, @Nullable QueryDialect former) implements Protocol {

  @Override
  public void read(Operation operation, HttpCall call, SdkPojo builder) throws IOException {
    SdkJson.readInto(builder, call.body());
  }

  @Override
  public void answer(Operation operation, SdkPojo response, String requestId, Outgoing out)
      throws IOException {
    out.send(200, headers(requestId), SdkJson.payload(response));
  }

  @Override
  public void fail(
      AwsServiceException error, @Nullable SdkRequest request, String requestId, Outgoing out)
      throws IOException {
    Map<String, String> headers = headers(requestId);
    if (former != null) {
      headers.put(
          "x-amzn-query-error",
          former.code(AwsErrors.code(error))
              + (error.statusCode() < 500 ? ";Sender" : ";Receiver"));
    }
    out.send(error.statusCode(), headers, errorBody(error));
  }

  private Map<String, String> headers(String requestId) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("Content-Type", contentType);
    headers.put("x-amzn-RequestId", requestId);
    return headers;
  }

  /**
   * The error as one JSON object: its type, its message and the members that it is modelled with.
   */
  static byte[] errorBody(AwsServiceException error) throws IOException {
    var bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = SdkJson.FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("__type", AwsErrors.code(error));
      json.writeStringField("message", AwsErrors.message(error));
      SdkJson.members(json, error, name -> !name.equalsIgnoreCase("message"));
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }
}
