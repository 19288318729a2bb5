package dev.onboard.local.sns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;

/** Filter policies: which messages a subscription wants, by attributes or by body. */
final class FilterPolicy {
  private static final int KEPT = 1_000;
  private final Map<String, Machine> machines = new ConcurrentHashMap<>();

  /** Refuses a policy that SNS would; the message is without its beginning. */
  static void check(String policy, boolean byBody) {
    JsonNode node;
    try {
      node = Texts.JSON.readTree(policy);
    } catch (JsonProcessingException e) {
      throw new BadPolicy("FilterPolicy: failed to parse JSON. " + e.getMessage());
    }
    if (node == null || !node.isObject()) {
      throw new BadPolicy("FilterPolicy: Filter is not an object");
    }
    if (node.isEmpty()) {
      return;
    }
    String error = JsonRuleCompiler.check(policy);
    if (error != null) {
      throw new BadPolicy("FilterPolicy: " + error);
    }
    if (!byBody && node.properties().stream().anyMatch(p -> nested(p.getKey(), p.getValue()))) {
      throw new BadPolicy(
          "Filter policy scope MessageAttributes does not support nested filter policy");
    }
    if (keys(node) > Limits.FILTER_KEYS) {
      throw new BadPolicy("FilterPolicy: Filter policy can not have more than 5 keys");
    }
    if (combinations(node, 1) > Limits.FILTER_COMBINATIONS) {
      throw new BadPolicy("FilterPolicy: Filter policy is too complex");
    }
  }

  /** What is wrong with a policy. */
  static final class BadPolicy extends RuntimeException {
    BadPolicy(String message) {
      super(message);
    }
  }

  private static boolean nested(String key, JsonNode value) {
    return value.isObject() && !key.equals("$or");
  }

  private static int keys(JsonNode node) {
    int keys = 0;
    for (var property : node.properties()) {
      if (property.getValue().isObject()) {
        keys += keys(property.getValue());
      } else if (property.getKey().equals("$or")) {
        for (JsonNode alternative : property.getValue()) {
          keys += keys(alternative);
        }
      } else {
        keys++;
      }
    }
    return keys;
  }

  /** The product of the numbers of values, each counted once for every level it is nested. */
  private static long combinations(JsonNode node, int depth) {
    long combinations = 1;
    for (var property : node.properties()) {
      JsonNode value = property.getValue();
      combinations *=
          value.isObject() ? combinations(value, depth + 1) : (long) value.size() * depth;
    }
    return combinations;
  }

  boolean matches(String policy, String event) {
    if (policy.equals("{}")) {
      return true;
    }
    if (machines.size() > KEPT) {
      machines.clear();
    }
    Machine machine = machines.computeIfAbsent(policy, FilterPolicy::machine);
    try {
      return !machine.rulesForJSONEvent(event).isEmpty();
    } catch (Exception e) {
      // What is not a JSON object is matched by no policy on a body, as on AWS.
      return false;
    }
  }

  private static Machine machine(String policy) {
    try {
      var machine = new Machine();
      machine.addRule("policy", policy);
      return machine;
    } catch (IOException e) {
      throw new IllegalStateException("a stored filter policy must be valid: " + policy, e);
    }
  }

  /** The attributes of a message as the object that a policy looks at. */
  static String event(Map<String, MessageAttributeValue> attributes) {
    ObjectNode event = Texts.JSON.createObjectNode();
    attributes.forEach((name, value) -> {
      String type = value.dataType();
      if (type.equals("String.Array")) {
        event.set(name, array(value.stringValue()));
      } else if (type.startsWith("String")) {
        event.put(name, value.stringValue());
      } else if (type.startsWith("Number")) {
        event.put(name, new BigDecimal(value.stringValue()));
      }
    });
    return event.toString();
  }

  private static JsonNode array(String text) {
    try {
      JsonNode node = Texts.JSON.readTree(text);
      if (node.isArray()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      throw SnsErrors.invalidValue("The value of a String.Array attribute must be a JSON array.");
    }
    throw SnsErrors.invalidValue("The value of a String.Array attribute must be a JSON array.");
  }
}
