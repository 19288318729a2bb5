package dev.onboard.local.s3;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** The object from which a copy is made. */
record CopySource(String bucket, String key, @Nullable String version) {

  /**
   * The source that a request names: in members of its own inside the JVM, in one header, which is
   * URL-encoded, on the wire.
   */
  static CopySource of(String operation, SdkPojo request) {
    String bucket = Members.string(request, "SourceBucket");
    String key = Members.string(request, "SourceKey");
    if (bucket != null && key != null) {
      return new CopySource(bucket, key, Members.string(request, "SourceVersionId"));
    }
    String header = Members.string(request, "CopySource");
    if (header == null) {
      throw S3Errors.invalidArgument(
          "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
    }
    if (header.startsWith("arn:")) {
      throw S3Errors.unsupported(operation, "an access point as copy source");
    }
    return parse(header);
  }

  private static CopySource parse(String header) {
    int query = header.lastIndexOf("?versionId=");
    String path = decode(query < 0 ? header : header.substring(0, query));
    if (path.startsWith("/")) {
      path = path.substring(1);
    }
    int slash = path.indexOf('/');
    if (slash <= 0 || slash == path.length() - 1) {
      throw S3Errors.invalidArgument(
          "Invalid copy source object key", "x-amz-copy-source", "x-amz-copy-source");
    }
    return new CopySource(
        path.substring(0, slash),
        path.substring(slash + 1),
        query < 0 ? null : decode(header.substring(query + "?versionId=".length())));
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw S3Errors.invalidArgument("Invalid copy source encoding.");
    }
  }
}
