package dev.onboard.local.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.onboard.local.store.Row;
import dev.onboard.local.store.Tx;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutResourcePolicyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourcePolicy;

/** The account's resource policies: which services may write to log groups. */
final class ResourcePolicies {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DOCUMENT = 5_120;

  ResourcePolicy put(Tx tx, PutResourcePolicyRequest request, Instant now) {
    if (request.resourceArn() != null) {
      throw LogsErrors.unsupported("PutResourcePolicy", "resourceArn");
    }
    if (request.expectedRevisionId() != null) {
      throw LogsErrors.unsupported("PutResourcePolicy", "expectedRevisionId");
    }
    if (request.policyName() == null || request.policyName().isEmpty()) {
      throw LogsErrors.constraint(request.policyName(), "policyName", "not be null");
    }
    checkDocument(request.policyDocument());
    long others =
        tx.number("SELECT count(*) FROM logs_policy WHERE name <> ?", request.policyName());
    if (others >= Limits.RESOURCE_POLICIES) {
      throw LogsErrors.tooMany();
    }
    tx.update(
        "INSERT OR REPLACE INTO logs_policy VALUES (?, ?, ?)",
        request.policyName(),
        request.policyDocument(),
        now);
    return ResourcePolicy.builder()
        .policyName(request.policyName())
        .policyDocument(request.policyDocument())
        .lastUpdatedTime(now.toEpochMilli())
        .policyScope("ACCOUNT")
        .build();
  }

  private static void checkDocument(@Nullable String document) {
    if (document == null || document.isEmpty() || document.length() > DOCUMENT) {
      throw LogsErrors.constraint(
          document, "policyDocument", "have length less than or equal to " + DOCUMENT);
    }
    try {
      if (JSON.readTree(document).isObject()) {
        return;
      }
    } catch (JsonProcessingException e) {
      throw LogsErrors.invalid("Invalid policy document: it is not JSON.");
    }
    throw LogsErrors.invalid("Invalid policy document: it is not an object.");
  }

  List<ResourcePolicy> list(Tx tx, Pages.Page page) {
    return tx.list(
        "SELECT * FROM logs_policy WHERE name > ? ORDER BY name LIMIT ?",
        ResourcePolicies::policy,
        page.after(),
        page.size() + 1);
  }

  private static ResourcePolicy policy(Row row) {
    return ResourcePolicy.builder()
        .policyName(row.string("name"))
        .policyDocument(row.string("document"))
        .lastUpdatedTime(row.number("updated"))
        .policyScope("ACCOUNT")
        .build();
  }

  void delete(Tx tx, @Nullable String name) {
    if (tx.update("DELETE FROM logs_policy WHERE name = ?", name) == 0) {
      throw LogsErrors.notFound("Policy with name [" + name + "] does not exist.");
    }
  }
}
