package dev.onboard.local.wire;

import dev.onboard.local.call.AwsErrors;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;

/** REST-XML: S3. */
final class RestXmlProtocol extends RestProtocol {
  private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

  /** The root elements that are not named after the operation. */
  private static final Map<String, String> ROOTS =
      Map.ofEntries(
          Map.entry("ListBuckets", "ListAllMyBucketsResult"),
          Map.entry("ListObjects", "ListBucketResult"),
          Map.entry("ListObjectsV2", "ListBucketResult"),
          Map.entry("ListObjectVersions", "ListVersionsResult"),
          Map.entry("CreateMultipartUpload", "InitiateMultipartUploadResult"),
          Map.entry("ListParts", "ListPartsResult"),
          Map.entry("DeleteObjects", "DeleteResult"),
          Map.entry("GetBucketVersioning", "VersioningConfiguration"),
          Map.entry("GetBucketLifecycleConfiguration", "LifecycleConfiguration"),
          Map.entry("GetBucketNotificationConfiguration", "NotificationConfiguration"),
          Map.entry("GetBucketTagging", "Tagging"),
          Map.entry("GetObjectTagging", "Tagging"),
          Map.entry("GetBucketCors", "CORSConfiguration"),
          Map.entry("GetBucketAcl", "AccessControlPolicy"),
          Map.entry("GetObjectAttributes", "GetObjectAttributesResponse"));

  @Override
  void readStructure(SdkPojo builder, ByteArrayInputStream body) throws IOException {
    Xml.read(builder, body);
  }

  @Override
  public void answer(Operation operation, SdkPojo response, String requestId, Outgoing out)
      throws IOException {
    Map<String, String> headers = headers(requestId);
    putHeaders(response, headers);
    byte[] body = body(operation, response);
    if (body.length > 0) {
      headers.put("Content-Type", "application/xml");
    }
    out.send(body.length == 0 && isDelete(operation) ? 204 : 200, headers, body);
  }

  private static boolean isDelete(Operation operation) {
    return operation.method().equals("DELETE");
  }

  private static byte[] body(Operation operation, SdkPojo response) {
    SdkField<?> payload = payloadField(response);
    if (payload != null) {
      return switch (payload.getValueOrDefault(response)) {
        case null -> new byte[0];
        case String text when operation.name().equals("GetBucketLocation") ->
            new Xml.Writer()
                .open("LocationConstraint", NAMESPACE)
                .text(text)
                .close("LocationConstraint")
                .bytes();
        case String text -> text.getBytes(StandardCharsets.UTF_8);
        case SdkPojo structure -> document(payload.locationName(), structure);
        case Object other -> throw new IllegalStateException("no payload: " + other.getClass());
      };
    }
    boolean hasMembers =
        response.sdkFields().stream().anyMatch(f -> f.location() == MarshallLocation.PAYLOAD);
    return hasMembers
        ? document(ROOTS.getOrDefault(operation.name(), operation.name() + "Result"), response)
        : new byte[0];
  }

  private static byte[] document(String root, SdkPojo structure) {
    return new Xml.Writer().open(root, NAMESPACE).members(structure).close(root).bytes();
  }

  @Override
  public void fail(AwsServiceException error, String requestId, Outgoing out) throws IOException {
    Map<String, String> headers = headers(requestId);
    if (error.statusCode() == 304) {
      out.send(304, headers, new byte[0]);
      return;
    }
    headers.put("Content-Type", "application/xml");
    byte[] body =
        new Xml.Writer()
            .open("Error")
            .element("Code", AwsErrors.code(error))
            .element("Message", AwsErrors.message(error))
            .element("RequestId", requestId)
            .close("Error")
            .bytes();
    out.send(error.statusCode(), headers, body);
  }

  static Map<String, String> headers(String requestId) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("x-amz-request-id", requestId);
    headers.put("x-amz-id-2", requestId);
    headers.put("Server", "AmazonS3");
    return headers;
  }
}
