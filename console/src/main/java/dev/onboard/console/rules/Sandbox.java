package dev.onboard.console.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.onboard.console.bus.BusRules;
import dev.onboard.console.bus.RuleAnswer;
import dev.onboard.console.bus.WrittenEvent;
import dev.onboard.console.link.EventRow;
import dev.onboard.console.rules.SandboxPage.Alternative;
import dev.onboard.console.rules.SandboxPage.Fault;
import dev.onboard.console.rules.SandboxPage.Field;
import dev.onboard.console.rules.SandboxPage.Result;
import dev.onboard.console.rules.SandboxPage.Verdict;
import dev.onboard.console.trail.AcceptedEvent;
import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Environment;
import dev.onboard.console.web.Json;
import dev.onboard.console.web.Refusal;
import dev.onboard.console.web.Request;
import dev.onboard.console.web.Url;
import dev.onboard.console.web.View;
import dev.onboard.patterns.EventPattern;
import dev.onboard.patterns.Explanation;
import dev.onboard.patterns.Explanation.Finding;
import dev.onboard.patterns.Explanation.Outcome;
import dev.onboard.patterns.PatternException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.RuleState;

/** Holds a pattern against an event, as somebody types them, and says why they fit or do not. */
final class Sandbox {
  private static final int ALTERNATIVES = 8;
  private static final String RECENT = "5";
  private static final String MOST_LOOKED_AT = "2000";

  /** What stands there if no bus has accepted anything yet. */
  private static final String EXAMPLE =
      """
      {
        "source": "shop.orders",
        "detail-type": "OrderPlaced",
        "detail": { "total": 42, "country": "NZ" }
      }\
      """;

  private final Environment env;

  Sandbox(Environment env) {
    this.env = env;
  }

  View page(Request request) {
    String bus = request.parameter("bus");
    String rule = request.parameter("rule");
    // A field that was emptied is left out of the address, which is not to bring back the first.
    boolean isTyped = request.parameter("typed") != null;
    String event = orElse(request.parameter("event"), isTyped ? "" : event(request, bus));
    String pattern = orElse(request.parameter("pattern"), isTyped ? "" : pattern(bus, rule, event));
    var added = new ArrayList<String>();
    Result result = result(pattern, event, added);
    var page =
        new SandboxPage(
            bus,
            bus == null || rule == null ? null : env.links().link(rule, Url.of("rules", bus, rule)),
            Url.path("rules", "try"),
            pattern,
            event,
            added,
            result,
            isPattern(result) ? recent(bus, pattern) : null);
    return View.of("Pattern sandbox", "rules/sandbox.jte", page).using(RulePages.STYLE);
  }

  private static String orElse(@Nullable String value, String otherwise) {
    return value == null ? otherwise : value;
  }

  /** The event that is asked for, else the newest one. */
  private String event(Request request, @Nullable String bus) {
    String id = request.parameter("id");
    var asked = new HashMap<>(Map.of("limit", "1"));
    if (id != null) {
      asked.put("id", id);
    } else if (bus != null) {
      asked.put("bus", bus);
    }
    Optional<JsonNode> found =
        env.questions().ask("events", asked).stream().<JsonNode>map(e -> e).findFirst();
    if (id != null && found.isEmpty()) {
      throw Refusal.notFound("There is no event " + id + ".");
    }
    return found.map(e -> Json.pretty(e.path("event"))).orElse(EXAMPLE);
  }

  /** The pattern of the rule that is asked for, else one for events of that kind. */
  private String pattern(@Nullable String bus, @Nullable String rule, String event) {
    if (bus != null && rule != null) {
      Rule found =
          new BusRules(env.sdk().client(EventBridgeClient.class))
              .find(bus, rule)
              .orElseThrow(
                  () -> Refusal.notFound("There is no rule " + rule + " on the bus " + bus + "."));
      return found.eventPattern() == null ? "" : Json.pretty(Json.read(found.eventPattern()));
    }
    try {
      String type = Json.read(event).path("detail-type").asText();
      return "{\n  \"detail-type\": [" + TextNode.valueOf(type) + "]\n}";
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private Result result(String pattern, String text, List<String> added) {
    try {
      EventPattern.parse(pattern);
    } catch (PatternException e) {
      return new Fault("pattern", e.getMessage() + " (" + e.position() + ")");
    }
    try {
      WrittenEvent event = WrittenEvent.read(text, env.now());
      added.addAll(event.added());
      Rule rule =
          Rule.builder().name("pattern").eventPattern(pattern).state(RuleState.ENABLED).build();
      return verdict(
          RuleAnswer.of(env.sdk().client(EventBridgeClient.class), rule, event.event().toString()));
    } catch (IllegalArgumentException e) {
      return new Fault("event", "The event " + e.getMessage() + ".");
    }
  }

  private static boolean isPattern(Result result) {
    return !(result instanceof Fault fault && fault.of().equals("pattern"));
  }

  private static Verdict verdict(RuleAnswer answer) {
    Explanation explanation = answer.explanation();
    if (explanation == null) {
      throw new IllegalStateException("a pattern that was read must be explained");
    }
    List<Outcome> outcomes =
        explanation.outcomes().stream()
            .sorted(
                Comparator.comparing((Outcome o) -> !o.holds())
                    .thenComparing(o -> o.failures().size())
                    .thenComparing(o -> -o.nearMisses()))
            .toList();
    var alternatives = new ArrayList<Alternative>();
    for (Outcome outcome : outcomes.subList(0, Math.min(ALTERNATIVES, outcomes.size()))) {
      int number = alternatives.size() + 1;
      String title =
          outcomes.size() == 1
              ? null
              : (number == 1 && !outcome.holds() ? "Nearest alternative" : "Alternative " + number)
                  + " of "
                  + outcomes.size();
      alternatives.add(alternative(title, outcome));
    }
    return new Verdict(
        explanation.matches() ? new Badge("matches", "good") : new Badge("does not match", "bad"),
        answer.note() == null ? null : "The pattern " + answer.note() + ".",
        alternatives,
        outcomes.size() - alternatives.size());
  }

  private static Alternative alternative(@Nullable String title, Outcome outcome) {
    boolean isWhole = outcome.failures().isEmpty() && !outcome.holds();
    return new Alternative(
        title,
        outcome.holds(),
        outcome.findings().stream()
            .sorted(Comparator.comparing(Finding::holds))
            .map(f -> new Field(f.field(), f.holds(), f.wanted(), f.found(), f.hints()))
            .toList(),
        isWhole ? outcome.reason() : null);
  }

  private SandboxPage.Recent recent(@Nullable String bus, String pattern) {
    var asked = new HashMap<>(Map.of("pattern", pattern, "limit", RECENT, "most", MOST_LOOKED_AT));
    if (bus != null) {
      asked.put("bus", bus);
    }
    JsonNode look = env.questions().askOne("trail", asked);
    var rows = new ArrayList<EventRow>();
    look.path("events")
        .forEach(e -> rows.add(EventRow.of(env.links(), new AcceptedEvent(e), null)));
    return new SandboxPage.Recent(
        rows,
        look.path("looked").asInt(),
        Url.of("events").with("bus", bus).with("pattern", pattern).toString());
  }
}
