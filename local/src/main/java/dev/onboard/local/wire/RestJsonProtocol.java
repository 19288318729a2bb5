package dev.onboard.local.wire;

import dev.onboard.local.call.AwsErrors;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;

/** REST-JSON: Lambda, SES v2 and the schema registry. */
final class RestJsonProtocol extends RestProtocol {

  @Override
  void readStructure(SdkPojo builder, ByteArrayInputStream body) throws IOException {
    SdkJson.readInto(builder, body);
  }

  @Override
  public void answer(Operation operation, SdkPojo response, String requestId, Outgoing out)
      throws IOException {
    Map<String, String> headers = headers(requestId);
    putHeaders(response, headers);
    SdkField<?> payload = payloadField(response);
    byte[] body =
        switch (payload == null ? response : payload.getValueOrDefault(response)) {
          case null -> new byte[0];
          case SdkBytes bytes -> bytes.asByteArrayUnsafe();
          case String text -> text.getBytes(StandardCharsets.UTF_8);
          case SdkPojo structure -> SdkJson.payload(structure);
          case Object other -> throw new IllegalStateException("no payload: " + other.getClass());
        };
    out.send(status(response, RestStatus.of(operation)), headers, body);
  }

  @Override
  public void fail(
      AwsServiceException error, @Nullable SdkRequest request, String requestId, Outgoing out)
      throws IOException {
    Map<String, String> headers = headers(requestId);
    headers.put("x-amzn-ErrorType", AwsErrors.code(error));
    out.send(error.statusCode(), headers, JsonProtocol.errorBody(error));
  }

  private static Map<String, String> headers(String requestId) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("Content-Type", "application/json");
    headers.put("x-amzn-RequestId", requestId);
    return headers;
  }
}
