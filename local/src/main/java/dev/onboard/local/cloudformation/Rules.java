package dev.onboard.local.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;

/** The assertions that a template makes about its parameters. */
final class Rules {
  private Rules() {}

  static void check(Template template, Resolver resolver) {
    for (var rule : template.rules().properties()) {
      JsonNode condition = rule.getValue().path("RuleCondition");
      if (!condition.isMissingNode() && !resolver.decide(condition)) {
        continue;
      }
      for (JsonNode assertion : rule.getValue().path("Assertions")) {
        if (!resolver.decide(assertion.path("Assert"))) {
          throw Invalid.request(
              "Template validation error: Rule "
                  + rule.getKey()
                  + " failed: "
                  + assertion.path("AssertDescription").asText("the assertion does not hold"));
        }
      }
    }
  }
}
