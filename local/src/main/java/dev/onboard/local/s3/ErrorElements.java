package dev.onboard.local.s3;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.onboard.local.call.AwsErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkRequest;

/**
 * What the document of an S3 error has beside its code and message: what the error names itself,
 * and what of the request its code is about.
 */
final class ErrorElements {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** By codes, the elements and the members of the request that they hold. */
  private static final Map<List<String>, Map<String, String>> OF_REQUESTS =
      Map.of(
          List.of(
              "BucketNotEmpty",
              "BucketAlreadyOwnedByYou",
              "InvalidBucketName",
              "NoSuchBucketPolicy",
              "NoSuchTagSet",
              "NoSuchLifecycleConfiguration",
              "NoSuchPublicAccessBlockConfiguration",
              "OwnershipControlsNotFoundError"),
          Map.of("BucketName", "Bucket"),
          List.of("NoSuchKey", "ConditionalRequestConflict"),
          Map.of("Key", "Key"),
          List.of("NoSuchVersion"),
          Map.of("Key", "Key", "VersionId", "VersionId"),
          List.of("NoSuchUpload", "InvalidPart", "InvalidPartOrder"),
          Map.of("UploadId", "UploadId"),
          List.of("InvalidRange"),
          Map.of("RangeRequested", "Range"),
          List.of("InvalidPartNumber"),
          Map.of("PartNumberRequested", "PartNumber"),
          List.of("InvalidStorageClass"),
          Map.of("StorageClassRequested", "StorageClass"),
          List.of("InvalidDigest"),
          Map.of("Content-MD5", "ContentMD5"));

  private ErrorElements() {}

  /** An error that names something by itself. */
  static AwsServiceException named(AwsServiceException error, Map<String, String> elements) {
    AwsErrorDetails details = error.awsErrorDetails();
    try {
      // The SDK's exceptions have no members for these; the raw answer is where its clients look.
      var raw = SdkBytes.fromByteArray(JSON.writeValueAsBytes(elements));
      return error.toBuilder()
          .awsErrorDetails(details.toBuilder().rawResponse(raw).build())
          .build();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, String> of(AwsServiceException error, @Nullable SdkRequest request) {
    var elements = new LinkedHashMap<String, String>();
    String code = AwsErrors.code(error);
    if (request != null) {
      OF_REQUESTS.forEach((codes, members) -> {
        if (codes.contains(code)) {
          members.forEach((element, member) -> put(elements, element, member(request, member)));
        }
      });
      if (code.equals("MethodNotAllowed")) {
        elements.put("Method", method(request));
        elements.put("ResourceType", "DeleteMarker");
      }
    }
    AwsErrorDetails details = error.awsErrorDetails();
    if (details != null && details.rawResponse() != null) {
      elements.putAll(read(details.rawResponse()));
    }
    return elements;
  }

  private static @Nullable Object member(SdkRequest request, String name) {
    Object value = Members.get(request, name);
    return value == null ? Members.get(request, "Destination" + name) : value;
  }

  private static void put(Map<String, String> elements, String name, @Nullable Object value) {
    if (value != null) {
      elements.put(name, value.toString());
    }
  }

  /** The method of a request that means an object, which its name begins with. */
  private static String method(SdkRequest request) {
    String name = request.getClass().getSimpleName();
    return List.of("Delete", "Put", "Head").stream()
        .filter(name::startsWith)
        .findFirst()
        .orElse("Get")
        .toUpperCase(Locale.ROOT);
  }

  private static Map<String, String> read(SdkBytes elements) {
    try {
      return JSON.readValue(
          elements.asByteArrayUnsafe(), new TypeReference<LinkedHashMap<String, String>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
