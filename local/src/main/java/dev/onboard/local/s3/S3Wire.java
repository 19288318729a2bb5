package dev.onboard.local.s3;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkRequest;

/**
 * What the SDK's metadata does not say about S3's answers over HTTP: the names of root elements,
 * the statuses, and the headers of errors.
 *
 * <p>Requests need no such table: literals in the SDK's paths ({@code ?uploads}, {@code
 * ?versioning}, {@code list-type=2}) and required members ({@code x-amz-copy-source}, {@code
 * uploadId}, {@code partNumber}) tell operations apart, but for those in {@link #NEVER_BY_PATH}.
 */
public final class S3Wire {
  /** The root elements of answers that are not {@code <Operation>Result}. */
  public static final Map<String, String> ROOTS =
      Map.ofEntries(
          Map.entry("ListBuckets", "ListAllMyBucketsResult"),
          Map.entry("ListObjects", "ListBucketResult"),
          Map.entry("ListObjectsV2", "ListBucketResult"),
          Map.entry("ListObjectVersions", "ListVersionsResult"),
          Map.entry("ListMultipartUploads", "ListMultipartUploadsResult"),
          Map.entry("ListParts", "ListPartsResult"),
          Map.entry("CreateMultipartUpload", "InitiateMultipartUploadResult"),
          Map.entry("CompleteMultipartUpload", "CompleteMultipartUploadResult"),
          Map.entry("CopyObject", "CopyObjectResult"),
          Map.entry("UploadPartCopy", "CopyPartResult"),
          Map.entry("DeleteObjects", "DeleteResult"),
          Map.entry("GetObjectAttributes", "GetObjectAttributesResponse"),
          Map.entry("GetObjectTagging", "Tagging"),
          Map.entry("GetObjectAcl", "AccessControlPolicy"),
          Map.entry("GetBucketAcl", "AccessControlPolicy"),
          Map.entry("GetBucketLocation", "LocationConstraint"),
          Map.entry("GetBucketVersioning", "VersioningConfiguration"),
          Map.entry("GetBucketTagging", "Tagging"),
          Map.entry("GetBucketEncryption", "ServerSideEncryptionConfiguration"),
          Map.entry("GetPublicAccessBlock", "PublicAccessBlockConfiguration"),
          Map.entry("GetBucketOwnershipControls", "OwnershipControls"),
          Map.entry("GetBucketLifecycleConfiguration", "LifecycleConfiguration"),
          Map.entry("GetBucketNotificationConfiguration", "NotificationConfiguration"));

  /**
   * Operations whose root element holds text, or nothing: {@code <LocationConstraint xmlns=""/>}.
   */
  public static final Set<String> TEXT_ROOTS = Set.of("GetBucketLocation");

  /** Operations whose answer is a document that is no XML. */
  public static final Set<String> PLAIN = Set.of("GetBucketPolicy");

  /** Operations that answer 204 and nothing. */
  public static final Set<String> NO_CONTENT =
      Set.of(
          "DeleteBucket",
          "DeleteObject",
          "DeleteObjectTagging",
          "AbortMultipartUpload",
          "PutBucketPolicy",
          "DeleteBucketPolicy",
          "PutBucketTagging",
          "DeleteBucketTagging",
          "DeleteBucketLifecycle",
          "DeleteBucketEncryption",
          "DeleteBucketOwnershipControls",
          "DeletePublicAccessBlock");

  /** Operations that answer 206 where their answer holds a {@code Content-Range}. */
  public static final Set<String> PARTIAL_CONTENT = Set.of("GetObject", "HeadObject");

  /**
   * Operations that have the path of another one and are never meant by it: {@code GET /} is
   * ListBuckets.
   */
  public static final Set<String> NEVER_BY_PATH = Set.of("ListDirectoryBuckets");

  private S3Wire() {}

  /** What the document of an error has beside code and message, such as the bucket's name. */
  public static Map<String, String> elements(
      AwsServiceException error, @Nullable SdkRequest request) {
    return ErrorElements.of(error, request);
  }

  /** The headers of an error, such as the entity tag of a 304 and the marker of a 404. */
  public static Map<String, List<String>> headers(AwsServiceException error) {
    AwsErrorDetails details = error.awsErrorDetails();
    return details == null || details.sdkHttpResponse() == null
        ? Map.of()
        : details.sdkHttpResponse().headers();
  }
}
