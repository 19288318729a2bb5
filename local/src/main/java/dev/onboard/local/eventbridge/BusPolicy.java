package dev.onboard.local.eventbridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.PutPermissionRequest;

/** The resource policy of a bus, statement by statement. */
final class BusPolicy {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PRINCIPAL = Pattern.compile("(\\d{12}|\\*)");
  private static final Pattern STATEMENT = Pattern.compile("[a-zA-Z0-9-_]+");
  private static final Pattern ACTION = Pattern.compile("events:[a-zA-Z]+");

  private BusPolicy() {}

  /** A policy with the statement of a request, or the whole policy that the request gives. */
  static String with(@Nullable String policy, PutPermissionRequest request, String busArn) {
    if (request.policy() != null) {
      if (request.action() != null
          || request.principal() != null
          || request.statementId() != null
          || request.condition() != null) {
        throw EventErrors.validation(
            "Policy cannot be used together with Action, Principal, StatementId or Condition.");
      }
      return whole(request.policy());
    }
    new Constraints()
        .required("action", request.action())
        .required("principal", request.principal())
        .required("statementId", request.statementId())
        .pattern("action", request.action(), ACTION)
        .pattern("principal", request.principal(), PRINCIPAL)
        .pattern("statementId", request.statementId(), STATEMENT)
        .length("statementId", request.statementId(), 1, 64)
        .check();
    if (!request.action().equals("events:PutEvents")) {
      throw EventErrors.validation("Provided value in parameter 'action' is not supported.");
    }
    ObjectNode root = policy == null ? empty() : (ObjectNode) read(policy);
    ArrayNode statements = statements(root);
    remove(statements, request.statementId());
    statements.add(statement(request, busArn));
    return root.toString();
  }

  /** A policy without one statement; null if none is left. */
  static @Nullable String without(@Nullable String policy, @Nullable String statementId) {
    if (policy != null && statementId != null) {
      ObjectNode root = (ObjectNode) read(policy);
      ArrayNode statements = statements(root);
      if (remove(statements, statementId)) {
        return statements.isEmpty() ? null : root.toString();
      }
    }
    throw EventErrors.notFound("Statement with the provided id does not exist.");
  }

  private static ObjectNode statement(PutPermissionRequest request, String busArn) {
    ObjectNode statement = JSON.createObjectNode();
    statement.put("Sid", request.statementId());
    statement.put("Effect", "Allow");
    if (request.principal().equals("*")) {
      statement.put("Principal", "*");
    } else {
      statement.putObject("Principal").put("AWS", "arn:aws:iam::" + request.principal() + ":root");
    }
    statement.put("Action", request.action());
    statement.put("Resource", busArn);
    if (request.condition() != null) {
      statement
          .putObject("Condition")
          .putObject(request.condition().type())
          .put(request.condition().key(), request.condition().value());
    }
    return statement;
  }

  private static String whole(String policy) {
    JsonNode root = read(policy);
    if (!(root instanceof ObjectNode object) || !root.has("Statement")) {
      throw malformed();
    }
    statements(object);
    return root.toString();
  }

  private static ObjectNode empty() {
    ObjectNode root = JSON.createObjectNode();
    root.put("Version", "2012-10-17");
    root.putArray("Statement");
    return root;
  }

  /** The statements; a single one that stands outside of a list is put into one. */
  private static ArrayNode statements(ObjectNode root) {
    JsonNode statements = root.get("Statement");
    if (statements instanceof ArrayNode list) {
      return list;
    }
    if (!(statements instanceof ObjectNode)) {
      throw malformed();
    }
    return root.putArray("Statement").add(statements);
  }

  private static boolean remove(ArrayNode statements, String id) {
    for (int i = 0; i < statements.size(); i++) {
      if (statements.get(i).path("Sid").asText().equals(id)) {
        statements.remove(i);
        return true;
      }
    }
    return false;
  }

  private static JsonNode read(String policy) {
    try {
      return JSON.readTree(policy);
    } catch (JsonProcessingException e) {
      throw malformed();
    }
  }

  private static RuntimeException malformed() {
    return EventErrors.validation("Parameter Policy is not valid. Reason: malformed policy.");
  }
}
