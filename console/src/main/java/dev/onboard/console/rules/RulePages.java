package dev.onboard.console.rules;

import dev.onboard.console.bus.BusRules;
import dev.onboard.console.bus.RuleCounts;
import dev.onboard.console.link.TargetLink;
import dev.onboard.console.web.Answer;
import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Environment;
import dev.onboard.console.web.Link;
import dev.onboard.console.web.Pages;
import dev.onboard.console.web.Redirect;
import dev.onboard.console.web.Refusal;
import dev.onboard.console.web.Request;
import dev.onboard.console.web.Routes;
import dev.onboard.console.web.Url;
import dev.onboard.console.web.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.EventBus;
import software.amazon.awssdk.services.eventbridge.model.Rule;

/** The rules of the buses, a page for each rule, and a sandbox for patterns. */
public final class RulePages implements Pages {
  static final String STYLE = "rules.css";
  private static final int PAGE = 100;

  /** Of each bus, while all are shown. */
  private static final int GLANCE = 25;

  private final Environment env;

  public RulePages(Environment env) {
    this.env = env;
  }

  @Override
  public void addTo(Routes routes) {
    routes.get("rules", this::list);
    routes.get("rules/try", request -> new Sandbox(env).page(request));
    routes.get("rules/{bus}/{rule}", request -> new RuleReader(env).page(request));
    routes.post("rules/{bus}/{rule}/state", this::change);
  }

  private Answer list(Request request) {
    String bus = request.parameter("bus");
    String search = request.parameter("q");
    Reach reach = Reach.of(request.parameter("since"));
    Long from = request.number("from");
    var rules = new BusRules(env.sdk().client(EventBridgeClient.class));
    List<String> names = rules.buses().stream().map(EventBus::name).toList();
    if (bus != null && !names.contains(bus)) {
      throw Refusal.notFound("There is no bus " + bus + ".");
    }
    Instant now = env.now();
    Url here = Url.of("rules").with("q", search).with("since", request.parameter("since"));
    var shown = new ArrayList<RulesPage.Bus>();
    for (String name : bus == null ? names : List.of(bus)) {
      List<Rule> all = found(rules.of(name), search);
      int at = bus == null || from == null ? 0 : Math.toIntExact(Math.clamp(from, 0, all.size()));
      int end = Math.min(all.size(), at + (bus == null ? GLANCE : PAGE));
      if (bus != null || search == null || !all.isEmpty()) {
        shown.add(
            new RulesPage.Bus(
                name,
                env.links().link("its events", Url.of("events").with("bus", name)),
                all.size(),
                rows(rules, name, all.subList(at, end), reach, now),
                end == all.size()
                    ? null
                    : here.with("bus", name)
                        .with("from", bus == null ? null : String.valueOf(end))
                        .toString()));
      }
    }
    return View.of("Rules", "rules/rules.jte", new RulesPage(bus, names, search, reach, shown))
        .live()
        .using(STYLE);
  }

  private static List<Rule> found(List<Rule> rules, @Nullable String search) {
    if (search == null) {
      return rules;
    }
    String part = search.toLowerCase(Locale.ROOT);
    return rules.stream().filter(r -> r.name().toLowerCase(Locale.ROOT).contains(part)).toList();
  }

  private List<RulesPage.Row> rows(
      BusRules busRules, String bus, List<Rule> rules, Reach reach, Instant now) {
    RuleCounts counts =
        RuleCounts.read(
            env.sdk().client(CloudWatchClient.class), bus, rules, reach.before(now), now);
    return rules.stream()
        .map(r -> {
          List<Link> targets =
              busRules.targets(bus, r.name()).stream()
                  .map(t -> TargetLink.of(env.links(), t.arn()))
                  .toList();
          return new RulesPage.Row(
              r.name(),
              Url.path("rules", bus, r.name()),
              Badge.of(r.stateAsString()),
              r.eventPattern() == null ? r.scheduleExpression() : r.eventPattern(),
              targets,
              counts.of(r.name(), "matched"),
              counts.of(r.name(), "invoked"),
              counts.of(r.name(), "failed"),
              counts.of(r.name(), "dead-lettered"));
        })
        .toList();
  }

  private Answer change(Request request) {
    String bus = request.variable("bus");
    String rule = request.variable("rule");
    EventBridgeClient events = env.sdk().client(EventBridgeClient.class);
    try {
      switch (request.form().getOrDefault("do", "")) {
        case "enable" -> events.enableRule(e -> e.eventBusName(bus).name(rule));
        case "disable" -> events.disableRule(d -> d.eventBusName(bus).name(rule));
        default -> throw Refusal.badRequest("A rule is enabled or disabled.");
      }
    } catch (EventBridgeException e) {
      throw Refusal.badRequest(e.awsErrorDetails().errorMessage());
    }
    return Redirect.to(Url.of("rules", bus, rule));
  }
}
