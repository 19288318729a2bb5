package dev.onboard.local.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** The text of a policy, checked for its form. */
final class PolicyDocument {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> MEMBERS = Set.of("Version", "Id", "Statement");
  private static final Set<String> STATEMENT_MEMBERS =
      Set.of(
          "Sid",
          "Effect",
          "Action",
          "NotAction",
          "Resource",
          "NotResource",
          "Condition",
          "Principal",
          "NotPrincipal");

  private PolicyDocument() {}

  /** What a policy is attached to decides what its statements must have. */
  enum Kind {
    IDENTITY,
    TRUST
  }

  static String check(String text, Kind kind) {
    if (text == null || text.isBlank()) {
      throw IamErrors.malformed("The policy is empty.");
    }
    JsonNode document;
    try {
      document = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw IamErrors.malformed("This policy contains invalid Json");
    }
    if (!document.isObject() || !document.has("Statement")) {
      throw IamErrors.malformed("Syntax errors in policy.");
    }
    for (var member : document.properties()) {
      if (!MEMBERS.contains(member.getKey())) {
        throw IamErrors.malformed("Syntax errors in policy.");
      }
    }
    JsonNode version = document.path("Version");
    if (!version.isMissingNode()
        && !version.asText().equals("2012-10-17")
        && !version.asText().equals("2008-10-17")) {
      throw IamErrors.malformed("The policy must contain a valid version string");
    }
    JsonNode statements = document.get("Statement");
    if (statements.isObject()) {
      statement(statements, kind);
    } else if (statements.isArray()) {
      statements.forEach(s -> statement(s, kind));
    } else {
      throw IamErrors.malformed("Syntax errors in policy.");
    }
    return text;
  }

  private static void statement(JsonNode statement, Kind kind) {
    for (var member : statement.properties()) {
      if (!STATEMENT_MEMBERS.contains(member.getKey())) {
        throw IamErrors.malformed("Syntax errors in policy.");
      }
    }
    String effect = statement.path("Effect").asText();
    if (!effect.equals("Allow") && !effect.equals("Deny")) {
      throw IamErrors.malformed("Invalid effect: " + effect);
    }
    if (!statement.has("Action") && !statement.has("NotAction")) {
      throw IamErrors.malformed("Policy statement must contain actions.");
    }
    boolean principal = statement.has("Principal") || statement.has("NotPrincipal");
    boolean resource = statement.has("Resource") || statement.has("NotResource");
    if (kind == Kind.TRUST) {
      if (resource) {
        throw IamErrors.malformed("Has prohibited field Resource");
      }
      if (!principal) {
        throw IamErrors.malformed("Missing required field Principal");
      }
    } else {
      if (principal) {
        throw IamErrors.malformed("Policy document should not specify a principal.");
      }
      if (!resource) {
        throw IamErrors.malformed("Policy statement must contain resources.");
      }
    }
  }

  /** The size that quotas count: white space is free. */
  static int size(String text) {
    return text.replaceAll("\\s", "").length();
  }

  /** Documents are URL-encoded (RFC 3986) in answers. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
