package dev.onboard.console.cost.page;

import dev.onboard.console.cost.CostReport;
import dev.onboard.console.cost.Costs;
import dev.onboard.console.stack.Stack;
import dev.onboard.console.web.Answer;
import dev.onboard.console.web.Environment;
import dev.onboard.console.web.Link;
import dev.onboard.console.web.Pages;
import dev.onboard.console.web.Refusal;
import dev.onboard.console.web.Request;
import dev.onboard.console.web.Routes;
import dev.onboard.console.web.Url;
import dev.onboard.console.web.View;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was metered, and what it would cost on AWS, beside the plain design. */
public final class CostPages implements Pages {
  private final Environment env;

  public CostPages(Environment env) {
    this.env = env;
  }

  @Override
  public void addTo(Routes routes) {
    routes.get("cost", this::cost);
  }

  private Answer cost(Request request) {
    String stack = request.parameter("stack");
    String importId = request.parameter("import");
    Span span = Span.of(request.parameter("since"));
    var costs = new Costs(env.sdk(), env.questions(), stack == null ? Stack.USUAL_NAME : stack);
    CostReport report = importId == null ? costs.since(span.length()) : of(importId, costs);
    boolean byResource = request.parameter("resources") != null;
    var page = new CostPage(report, span, stack, byResource, links(importId, stack));
    return View.of("Cost", "cost/cost.jte", page).live().using("cost.css");
  }

  private static CostReport of(String importId, Costs costs) {
    try {
      return costs.ofImport(importId);
    } catch (NoSuchElementException e) {
      throw Refusal.notFound(
          "Nothing can be said of that import: " + String.valueOf(e.getMessage()) + ".");
    }
  }

  private List<Link> links(@Nullable String importId, @Nullable String stack) {
    if (importId == null) {
      return List.of();
    }
    return Stream.of(
            env.links().link("the import", Url.of("imports", importId)),
            env.links().link("its story", Url.of("story").with("q", importId).with("stack", stack)))
        .filter(l -> l.href() != null)
        .toList();
  }
}
