package dev.onboard.local.wire;

import dev.onboard.local.call.AwsErrors;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.protocol.MarshallLocation;

/** REST-XML: S3. */
final class RestXmlProtocol extends RestProtocol {
  private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";
  private static final byte[] NOTHING = new byte[0];

  private final XmlAnswers answers;

  RestXmlProtocol(XmlAnswers answers) {
    this.answers = answers;
  }

  @Override
  void readStructure(SdkPojo builder, ByteArrayInputStream body) throws IOException {
    Xml.read(builder, body);
  }

  @Override
  public void answer(Operation operation, SdkPojo response, String requestId, Outgoing out)
      throws IOException {
    String name = operation.name();
    Map<String, String> headers = headers(requestId);
    putHeaders(response, headers);
    if (answers.noContent().contains(name)) {
      out.send(204, headers, NOTHING);
      return;
    }
    byte[] body = body(name, response);
    if (body.length > 0) {
      headers.put("Content-Type", "application/xml");
    }
    out.send(status(name, headers), headers, body);
  }

  /** The status of an answer that is no error. */
  int status(String operation, Map<String, String> headers) {
    return answers.partialContent().contains(operation) && headers.containsKey("Content-Range")
        ? 206
        : 200;
  }

  private byte[] body(String operation, SdkPojo response) {
    SdkField<?> payload = payloadField(response);
    String root = answers.roots().getOrDefault(operation, operation + "Result");
    if (payload != null) {
      Object value = payload.getValueOrDefault(response);
      if (answers.textRoots().contains(operation)) {
        String text = value == null ? "" : value.toString();
        return new Xml.Writer().open(root, NAMESPACE).text(text).close(root).bytes();
      }
      return switch (value) {
        case null -> NOTHING;
        case String text -> text.getBytes(StandardCharsets.UTF_8);
        case SdkPojo structure -> document(root, structure);
        case Object other -> throw new IllegalStateException("no payload: " + other.getClass());
      };
    }
    boolean hasMembers =
        response.sdkFields().stream().anyMatch(f -> f.location() == MarshallLocation.PAYLOAD);
    return hasMembers ? document(root, response) : NOTHING;
  }

  private static byte[] document(String root, SdkPojo structure) {
    return new Xml.Writer().open(root, NAMESPACE).members(structure).close(root).bytes();
  }

  @Override
  public void fail(
      AwsServiceException error, @Nullable SdkRequest request, String requestId, Outgoing out)
      throws IOException {
    Map<String, String> headers = headers(requestId);
    answers
        .errorHeaders()
        .apply(error)
        .forEach((name, values) -> headers.put(name, String.join(",", values)));
    if (error.statusCode() == 304) {
      out.send(304, headers, NOTHING);
      return;
    }
    headers.put("Content-Type", "application/xml");
    var body =
        new Xml.Writer()
            .open("Error")
            .element("Code", AwsErrors.code(error))
            .element("Message", AwsErrors.message(error));
    answers.errorElements().apply(error, request).forEach(body::element);
    body.element("RequestId", requestId).close("Error");
    out.send(error.statusCode(), headers, body.bytes());
  }

  static Map<String, String> headers(String requestId) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("x-amz-request-id", requestId);
    headers.put("x-amz-id-2", requestId);
    headers.put("Server", "AmazonS3");
    return headers;
  }
}
