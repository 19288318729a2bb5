package dev.onboard.local.sfn.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import dev.onboard.local.sfn.Limits;
import dev.onboard.local.sfn.asl.Json;
import dev.onboard.local.sfn.asl.State;
import dev.onboard.local.sfn.asl.StateError;
import java.io.IOException;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Opens what the ItemReader of a distributed map names. */
final class ItemSources {
  static final String FAILED = "States.ItemReaderFailed";

  private final Environment env;
  private final Principal caller;

  ItemSources(Environment env, Principal caller) {
    this.env = env;
    this.caller = caller;
  }

  /** Items that stand in the state's input. */
  static ItemSource of(JsonNode items) {
    Iterator<JsonNode> elements = items.iterator();
    return () -> elements.hasNext() ? elements.next() : null;
  }

  /**
   * Opens the source.
   *
   * @param arguments bucket and key or prefix
   * @param pinned the version that was read before a restart; {@code null} at the first time
   * @param pin is told which version is read
   */
  ItemSource open(
      State.Reader reader,
      JsonNode arguments,
      @Nullable Long maxItems,
      @Nullable JsonNode pinned,
      Consumer<ObjectNode> pin) {
    long most = maxItems == null || maxItems == 0 ? Limits.READER_ITEMS : maxItems;
    try {
      ItemSource all =
          reader.listsObjects() ? listed(arguments) : file(reader, arguments, pinned, pin);
      return all.limited(most);
    } catch (AwsServiceException e) {
      throw StateError.of(FAILED, AwsErrors.message(e));
    } catch (IOException e) {
      throw StateError.of(FAILED, e.getMessage());
    }
  }

  private ItemSource file(
      State.Reader reader, JsonNode arguments, @Nullable JsonNode pinned, Consumer<ObjectNode> pin)
      throws IOException {
    var request =
        GetObjectRequest.builder()
            .bucket(arguments.path("Bucket").asText())
            .key(arguments.path("Key").asText());
    if (pinned != null && pinned.has("version")) {
      request.versionId(pinned.get("version").asText());
    } else if (arguments.hasNonNull("VersionId")) {
      request.versionId(arguments.get("VersionId").asText());
    }
    if (pinned != null && pinned.has("etag")) {
      request.ifMatch(pinned.get("etag").asText());
    }
    ResponseInputStream<GetObjectResponse> file =
        env.client(S3Client.class, caller)
            .getObject(request.build(), ResponseTransformer.toInputStream());
    if (pinned == null) {
      pin.accept(version(file.response()));
    }
    return switch (reader.inputType()) {
      case CSV -> new CsvItems(file, reader.csvDelimiter(), reader.csvHeaders());
      case JSON -> new JsonItems(file);
      case JSONL -> JsonItems.lines(file);
    };
  }

  private static ObjectNode version(GetObjectResponse response) {
    ObjectNode version = Json.object();
    if (response.versionId() != null && !response.versionId().equals("null")) {
      version.put("version", response.versionId());
    }
    if (response.eTag() != null) {
      version.put("etag", response.eTag());
    }
    return version;
  }

  private ItemSource listed(JsonNode arguments) {
    var request = ListObjectsV2Request.builder().bucket(arguments.path("Bucket").asText());
    if (arguments.hasNonNull("Prefix")) {
      request.prefix(arguments.get("Prefix").asText());
    }
    S3Client s3 = env.client(S3Client.class, caller);
    return new ItemSource() {
      private @Nullable ListObjectsV2Response page = s3.listObjectsV2(request.build());
      private Iterator<S3Object> objects = page.contents().iterator();

      @Override
      public @Nullable JsonNode next() {
        while (!objects.hasNext()) {
          ListObjectsV2Response last = page;
          if (last == null || !Boolean.TRUE.equals(last.isTruncated())) {
            return null;
          }
          page = s3.listObjectsV2(request.continuationToken(last.nextContinuationToken()).build());
          objects = page.contents().iterator();
        }
        return item(objects.next());
      }
    };
  }

  private static JsonNode item(S3Object object) {
    return Json.object()
        .put("Etag", object.eTag())
        .put("Key", object.key())
        .put("LastModified", object.lastModified().getEpochSecond())
        .put("Size", object.size())
        .put("StorageClass", object.storageClassAsString());
  }
}
