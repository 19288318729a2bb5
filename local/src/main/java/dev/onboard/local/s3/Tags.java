package dev.onboard.local.s3;

import dev.onboard.local.wire.SdkJson;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;

/** The tags of a bucket or an object. */
record Tags(List<Tag> all) {
  static final Tags NONE = new Tags(List.of());

  private static final Pattern TEXT = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

  static Tags parse(String json) {
    return json.isEmpty() ? NONE : new Tags(SdkJson.read(Tagging.class, json).tagSet());
  }

  String json() {
    return all.isEmpty() ? "" : SdkJson.write(Tagging.builder().tagSet(all).build());
  }

  boolean contains(Tag tag) {
    return all.contains(tag);
  }

  /** The tags of an object as the {@code x-amz-tagging} header has them: a URL's query. */
  static Tags ofHeader(@Nullable String header) {
    if (header == null || header.isEmpty()) {
      return NONE;
    }
    var tags = new ArrayList<Tag>();
    for (String pair : header.split("&")) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      tags.add(
          Tag.builder()
              .key(decode(header, equals < 0 ? pair : pair.substring(0, equals)))
              .value(equals < 0 ? "" : decode(header, pair.substring(equals + 1)))
              .build());
    }
    if (tags.stream().map(Tag::key).distinct().count() < tags.size()) {
      throw badHeader(header);
    }
    return ofObject(tags);
  }

  static Tags ofObject(List<Tag> tags) {
    return checked(tags, S3Limits.OBJECT_TAGS, "Object tags cannot be greater than 10");
  }

  static Tags ofBucket(List<Tag> tags) {
    return checked(tags, S3Limits.BUCKET_TAGS, "Bucket tag count cannot be greater than 50");
  }

  private static Tags checked(List<Tag> tags, int most, String tooMany) {
    if (tags.size() > most) {
      throw S3Errors.of(400, "BadRequest", tooMany);
    }
    Set<String> keys = new HashSet<>();
    for (Tag tag : tags) {
      if (tag.key() == null || tag.value() == null) {
        throw S3Errors.malformedXml();
      } else if (!keys.add(tag.key())) {
        throw invalid("Cannot provide multiple Tags with the same key", tag);
      } else if (tag.key().startsWith("aws:")) {
        throw invalid(
            most == S3Limits.OBJECT_TAGS
                ? "Your TagKey cannot be prefixed with aws:"
                : "System tags cannot be added/updated by requester",
            tag);
      } else if (tag.key().isEmpty()
          || tag.key().length() > S3Limits.TAG_KEY_LENGTH
          || !TEXT.matcher(tag.key()).matches()) {
        throw invalid("The TagKey you have provided is invalid", tag);
      } else if (tag.value().length() > S3Limits.TAG_VALUE_LENGTH
          || !TEXT.matcher(tag.value()).matches()) {
        throw ErrorElements.named(
            invalid("The TagValue you have provided is invalid", tag),
            Map.of("TagKey", tag.key(), "TagValue", tag.value()));
      }
    }
    return new Tags(List.copyOf(tags));
  }

  private static String decode(String header, String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw badHeader(header);
    }
  }

  private static AwsServiceException badHeader(String header) {
    return S3Errors.invalidArgument(
        "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters"
            + " without tag name duplicates.",
        "x-amz-tagging",
        header);
  }

  private static AwsServiceException invalid(String message, Tag tag) {
    return ErrorElements.named(
        S3Errors.of(400, "InvalidTag", message), Map.of("TagKey", tag.key()));
  }
}
