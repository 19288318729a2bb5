package dev.onboard.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.Policy;

/** The policies that AWS keeps for everybody, those of them that stacks of this kind attach. */
final class AwsManagedPolicies {
  private static final String PREFIX = "arn:aws:iam::aws:policy";
  private static final Instant CREATED = Instant.parse("2015-04-09T15:03:43Z");
  private static final Map<String, String> DOCUMENTS = read();

  private AwsManagedPolicies() {}

  static boolean isOne(String arn) {
    return arn.startsWith(PREFIX);
  }

  /** The document of a policy by its ARN. */
  static @Nullable String document(String arn) {
    return DOCUMENTS.get(arn);
  }

  static Iterable<String> arns() {
    return DOCUMENTS.keySet();
  }

  static Policy policy(String arn, int attachments) {
    String path = arn.substring(PREFIX.length(), arn.lastIndexOf('/') + 1);
    return Policy.builder()
        .policyName(arn.substring(arn.lastIndexOf('/') + 1))
        .policyId(id(arn))
        .arn(arn)
        .path(path)
        .defaultVersionId("v1")
        .attachmentCount(attachments)
        .permissionsBoundaryUsageCount(0)
        .isAttachable(true)
        .createDate(CREATED)
        .updateDate(CREATED)
        .build();
  }

  /** An id that is always the same for the same policy. */
  private static String id(String arn) {
    long hash = Integer.toUnsignedLong(arn.hashCode());
    String digits = Long.toString(hash, 32).toUpperCase(java.util.Locale.ROOT);
    return "ANPAI" + "A".repeat(16 - digits.length()) + digits;
  }

  private static Map<String, String> read() {
    try (InputStream file =
        Objects.requireNonNull(
            AwsManagedPolicies.class.getResourceAsStream("aws-managed-policies.json"))) {
      var documents = new LinkedHashMap<String, String>();
      JsonNode all = new ObjectMapper().readTree(file);
      all.properties()
          .forEach(e -> documents.put(PREFIX + "/" + e.getKey(), e.getValue().toString()));
      return documents;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
