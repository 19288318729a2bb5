package dev.onboard.local.sqs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The short way to a queue policy: statements by label. */
final class Permissions {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Permissions() {}

  /** The queue's policy with one more statement. */
  static String add(Queue queue, String label, List<String> accounts, List<String> actions) {
    ObjectNode policy = policy(queue);
    ArrayNode statements = policy.withArray("Statement");
    if (position(statements, label) >= 0) {
      throw SqsErrors.invalidParameter("Label", label, "Already exists.");
    }
    ObjectNode statement = statements.addObject();
    statement.put("Sid", label);
    statement.put("Effect", "Allow");
    List<String> roots = accounts.stream().map(a -> "arn:aws:iam::" + a + ":root").toList();
    oneOrMore(statement.putObject("Principal"), "AWS", roots);
    oneOrMore(statement, "Action", actions.stream().map(a -> "SQS:" + a).toList());
    statement.put("Resource", queue.arn());
    return policy.toString();
  }

  /** The queue's policy without a statement; empty if it was the last. */
  static String remove(Queue queue, String label) {
    ObjectNode policy = policy(queue);
    ArrayNode statements = policy.withArray("Statement");
    int position = position(statements, label);
    if (position < 0) {
      throw SqsErrors.invalidParameter("Label", label, "can't find label.");
    }
    statements.remove(position);
    return statements.isEmpty() ? "" : policy.toString();
  }

  private static ObjectNode policy(Queue queue) {
    @Nullable String policy = queue.attributes().get("Policy");
    if (policy == null) {
      return JSON.createObjectNode()
          .put("Version", "2008-10-17")
          .put("Id", queue.arn() + "/SQSDefaultPolicy");
    }
    try {
      return (ObjectNode) JSON.readTree(policy);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int position(ArrayNode statements, String label) {
    int at = 0;
    for (JsonNode statement : statements) {
      if (label.equals(statement.path("Sid").asText())) {
        return at;
      }
      at++;
    }
    return -1;
  }

  private static void oneOrMore(ObjectNode node, String name, List<String> values) {
    if (values.size() == 1) {
      node.put(name, values.getFirst());
    } else {
      ArrayNode array = node.putArray(name);
      values.forEach(array::add);
    }
  }
}
