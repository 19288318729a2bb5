package dev.onboard.local.lambda;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.call.Environment;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.AddPermissionRequest;

/** The resource policies of functions. */
final class Permissions {
  private final Environment env;
  private final Functions functions;

  Permissions(Environment env, Functions functions) {
    this.env = env;
    this.functions = functions;
  }

  /** Adds a statement and answers it as JSON. */
  String add(AddPermissionRequest request) {
    if (request.eventSourceToken() != null
        || request.functionUrlAuthTypeAsString() != null
        || request.invokedViaFunctionUrl() != null) {
      throw Functions.unsupported("AddPermission", "EventSourceToken and function URLs");
    }
    FunctionName name = FunctionName.parse(request.functionName(), request.qualifier());
    functions.resolve(name);
    ObjectNode statement = Json.MAPPER.createObjectNode();
    statement.put("Sid", request.statementId()).put("Effect", "Allow");
    ObjectNode principal = statement.putObject("Principal");
    if (request.principal().endsWith(".amazonaws.com")) {
      principal.put("Service", request.principal());
    } else {
      principal.put(
          "AWS",
          request.principal().matches("\\d{12}")
              ? "arn:aws:iam::" + request.principal() + ":root"
              : request.principal());
    }
    statement.put("Action", request.action()).put("Resource", resource(name));
    ObjectNode condition = Json.MAPPER.createObjectNode();
    if (request.sourceArn() != null) {
      condition.putObject("ArnLike").put("AWS:SourceArn", request.sourceArn());
    }
    ObjectNode equal = Json.MAPPER.createObjectNode();
    if (request.sourceAccount() != null) {
      equal.put("AWS:SourceAccount", request.sourceAccount());
    }
    if (request.principalOrgID() != null) {
      equal.put("aws:PrincipalOrgID", request.principalOrgID());
    }
    if (!equal.isEmpty()) {
      condition.set("StringEquals", equal);
    }
    if (!condition.isEmpty()) {
      statement.set("Condition", condition);
    }
    int added =
        env.store()
            .write(tx ->
                tx.update(
                    "INSERT OR IGNORE INTO lambda_permission VALUES (?, ?, ?, ?)",
                    name.name(),
                    name.qualifierOrLatest(),
                    request.statementId(),
                    statement.toString()));
    if (added == 0) {
      throw Errors.conflict(
          "The statement id ("
              + request.statementId()
              + ") provided already exists. Please provide a new statement id, or remove the"
              + " existing statement.");
    }
    return statement.toString();
  }

  void remove(String function, @Nullable String qualifier, String sid) {
    FunctionName name = FunctionName.parse(function, qualifier);
    functions.requireExists(name.name());
    int removed =
        env.store()
            .write(tx ->
                tx.update(
                    "DELETE FROM lambda_permission WHERE function = ? AND qualifier = ?"
                        + " AND sid = ?",
                    name.name(),
                    name.qualifierOrLatest(),
                    sid));
    if (removed == 0) {
      throw Errors.notFound("Statement " + sid + " is not found in resource policy.");
    }
  }

  /** The whole policy as JSON. */
  String policy(String function, @Nullable String qualifier) {
    FunctionName name = FunctionName.parse(function, qualifier);
    functions.requireExists(name.name());
    List<String> statements =
        env.store()
            .read(tx ->
                tx.list(
                    "SELECT statement FROM lambda_permission WHERE function = ?"
                        + " AND qualifier = ? ORDER BY sid",
                    r -> r.string(1),
                    name.name(),
                    name.qualifierOrLatest()));
    if (statements.isEmpty()) {
      throw Errors.notFound("The resource you requested does not exist.");
    }
    ObjectNode policy =
        Json.MAPPER.createObjectNode().put("Version", "2012-10-17").put("Id", "default");
    ArrayNode list = policy.putArray("Statement");
    statements.forEach(
        s -> list.add(Json.tree(s.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    return policy.toString();
  }

  private String resource(FunctionName name) {
    return functions.arn(name.name()) + (name.qualifier() == null ? "" : ":" + name.qualifier());
  }
}
