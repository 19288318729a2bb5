package dev.onboard.console.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.console.bus.BusRules;
import dev.onboard.console.trail.AcceptedEvent;
import dev.onboard.console.trail.Delivery;
import dev.onboard.console.web.Environment;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** What targets are sent that do not get the event as it is. */
final class SentInput {
  private final Environment env;
  private final BusRules rules;

  SentInput(Environment env) {
    this.env = env;
    this.rules = new BusRules(env.sdk().client(EventBridgeClient.class));
  }

  /** What a target gets of an event, as its rule is now; null if that is the event itself. */
  @Nullable String of(AcceptedEvent event, Delivery delivery) {
    Rule rule = rules.find(event.bus(), delivery.rule()).orElse(null);
    if (rule == null) {
      return null;
    }
    return rules.targets(event.bus(), rule.name()).stream()
        .filter(t -> t.arn().equals(delivery.target()) && isMade(t))
        .findFirst()
        .map(t -> made(event, rule, t))
        .orElse(null);
  }

  private static boolean isMade(Target target) {
    return target.input() != null
        || target.inputPath() != null
        || target.inputTransformer() != null;
  }

  private String made(AcceptedEvent event, Rule rule, Target target) {
    var asked = new HashMap<>(Map.of("event", event.event().toString(), "rule", rule.arn()));
    if (target.input() != null) {
      asked.put("input", target.input());
    }
    if (target.inputPath() != null) {
      asked.put("path", target.inputPath());
    }
    if (target.inputTransformer() != null) {
      ObjectNode paths = JsonNodeFactory.instance.objectNode();
      target.inputTransformer().inputPathsMap().forEach(paths::put);
      asked.put("template", target.inputTransformer().inputTemplate());
      asked.put("paths", paths.toString());
    }
    JsonNode made = env.questions().askOne("input", asked);
    return made.path("text").asText(made.path("error").asText());
  }
}
