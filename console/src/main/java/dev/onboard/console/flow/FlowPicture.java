package dev.onboard.console.flow;

import dev.onboard.console.flow.Arrow.Meaning;
import dev.onboard.console.graph.Edge;
import dev.onboard.console.graph.Graph;
import dev.onboard.console.graph.Node;
import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Figures;
import dev.onboard.console.web.Link;
import dev.onboard.console.web.Links;
import dev.onboard.console.web.Url;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The map with what happened on it, ready to be drawn and to be read. */
final class FlowPicture {
  private final DeployedStack stack;
  private final FlowMap map;
  private final Activity activity;
  private final Links links;

  FlowPicture(DeployedStack stack, FlowMap map, Activity activity, Links links) {
    this.stack = stack;
    this.map = map;
    this.activity = activity;
    this.links = links;
  }

  Graph graph() {
    Set<String> hidden = emptyDeadLetters().stream().map(Part::id).collect(Collectors.toSet());
    return new Graph(
        map.parts().stream().filter(p -> !hidden.contains(p.id())).map(this::node).toList(),
        map.arrows().stream()
            .filter(a -> !hidden.contains(a.to()) && isDrawn(a))
            .map(this::edge)
            .toList(),
        Graph.Direction.DOWN);
  }

  /** Every rule has a queue for what it cannot deliver; only that of one that used it is drawn. */
  private boolean isDrawn(Arrow arrow) {
    Part from = part(arrow.from());
    return arrow.meaning() != Meaning.SETS_ASIDE
        || from.kind() != Kind.RULE
        || activity.rule(from).deadLettered() > 0;
  }

  /**
   * Queues for what failed, as long as nothing did: they come to the map with their first message.
   */
  List<Part> emptyDeadLetters() {
    return map.parts(Kind.QUEUE).stream()
        .filter(q -> map.isForFailures(q) && activity.queue(q).messages() == 0)
        .toList();
  }

  private Node node(Part part) {
    Badge standing = standing(part);
    return Node.of(part.id(), part.kind().word(), part.label())
        .detailed(standing.text(), standing.tone())
        .leadingTo(page(part).href());
  }

  private Edge edge(Arrow arrow) {
    Count count = count(arrow);
    return Edge.of(arrow.from(), arrow.to(), course(arrow))
        .labelled(count.text(), count.words(), count.tone());
  }

  /** Events come from outside, and go by buses, rules and queues to whoever works on them. */
  private Edge.Course course(Arrow arrow) {
    return switch (arrow.meaning()) {
      case MATCHES, DELIVERS, READS -> Edge.Course.ALONG;
      case PUBLISHES -> arrow.from().equals(FlowMap.MAIL) ? Edge.Course.BACK : Edge.Course.ALONG;
      case SETS_ASIDE -> Edge.Course.ASIDE;
      case USES ->
          switch (part(arrow.to()).kind()) {
            case BUS -> Edge.Course.BACK;
            case MAIL -> Edge.Course.ALONG;
            default -> Edge.Course.ASIDE;
          };
    };
  }

  private Badge standing(Part part) {
    if (!part.problem().isEmpty()) {
      return new Badge("failed", "bad");
    }
    return switch (part.kind()) {
      case RULE -> rule(part);
      case QUEUE -> queue(part);
      case WORKFLOW -> workflow(part);
      case FUNCTION -> function(part);
      case MAIL -> new Badge(number(activity.mails()) + " sent", "");
      default -> new Badge(part.kind().word(), "");
    };
  }

  private Badge rule(Part part) {
    long failed = activity.rule(part).failed();
    return failed > 0
        ? new Badge(number(failed) + " failed", "bad")
        : new Badge(part.kind().word(), "");
  }

  private Badge queue(Part part) {
    Activity.Queue queue = activity.queue(part);
    if (queue.messages() == 0) {
      return new Badge(part.kind().word(), "");
    } else if (map.isForFailures(part)) {
      return new Badge(number(queue.messages()) + " failed", "bad");
    } else if (!map.isRead(part)) {
      return new Badge(number(queue.messages()) + " kept", "wait");
    }
    return queue.waiting() > 0
        ? new Badge(number(queue.waiting()) + " waiting", "busy")
        : new Badge(number(queue.inFlight()) + " in flight", "busy");
  }

  private Badge workflow(Part part) {
    Activity.Workflow executions = activity.workflow(part);
    if (executions.failed() > 0) {
      return new Badge(number(executions.failed()) + " failed", "bad");
    } else if (executions.running() > 0) {
      return new Badge(number(executions.running()) + " running", "busy");
    }
    String more = executions.hasMore() ? "+" : "";
    return executions.succeeded() > 0
        ? new Badge(number(executions.succeeded()) + more + " succeeded", "good")
        : new Badge(part.kind().word(), "");
  }

  private Badge function(Part part) {
    Activity.Function function = activity.function(part);
    if (function.failed() > 0) {
      return new Badge(number(function.failed()) + " retrying", "bad");
    }
    return function.waiting() > 0
        ? new Badge(number(function.waiting()) + " waiting", "busy")
        : new Badge(part.kind().word(), "");
  }

  /**
   * What went a way.
   *
   * @param text as it stands on the arrow
   * @param words the same in full
   */
  record Count(String text, String words, String tone) {
    static final Count NONE = new Count("", "", "");
  }

  Count count(Arrow arrow) {
    Part from = part(arrow.from());
    Part to = part(arrow.to());
    return switch (arrow.meaning()) {
      case MATCHES -> events(activity.rule(to).matched(), "matched", "");
      case DELIVERS -> delivered(from);
      case READS -> {
        long inFlight = activity.queue(from).inFlight();
        yield inFlight == 0 ? Count.NONE : events(inFlight, "in flight", "busy");
      }
      case USES ->
          to.kind() == Kind.MAIL && from.kind() == Kind.FUNCTION
              ? events(activity.mails(), "sent", "")
              : Count.NONE;
      case SETS_ASIDE -> {
        long letters = activity.rule(from).deadLettered();
        yield letters == 0 ? Count.NONE : events(letters, "set aside", "bad");
      }
      case PUBLISHES -> Count.NONE;
    };
  }

  /** Metrics are a rule's; of which target they are is only known if there is one. */
  private Count delivered(Part rule) {
    long targets =
        map.arrows().stream()
            .filter(a -> a.from().equals(rule.id()) && a.meaning() == Meaning.DELIVERS)
            .count();
    Activity.Rule counts = activity.rule(rule);
    if (targets > 1) {
      return Count.NONE;
    }
    return counts.failed() > 0
        ? new Count(
            number(counts.delivered()),
            Figures.count(counts.delivered())
                + " delivered, "
                + Figures.count(counts.failed())
                + " failed",
            "bad")
        : events(counts.delivered(), "delivered", "");
  }

  private static Count events(long number, String words, String tone) {
    return new Count(number(number), Figures.count(number) + " " + words, tone);
  }

  /** The page of a part, if there is one. */
  Link page(Part part) {
    Url url =
        switch (part.kind()) {
          case BUS -> Url.of("events").with("bus", part.name());
          case RULE -> Url.of("rules", part.bus(), part.ruleName());
          case QUEUE -> Url.of("queues", part.shortName());
          case WORKFLOW -> Url.of("machines", part.name());
          case FUNCTION -> Url.of("logs", logGroup(part));
          case LOG -> Url.of("logs", part.name());
          case MAIL -> Url.of("mail");
          case TABLE, BUCKET -> own(part);
          case TOPIC, ARCHIVE, ELSEWHERE -> null;
        };
    return url == null || !part.isThere()
        ? new Link(part.label(), null)
        : links.link(part.label(), url);
  }

  /** Some tables and buckets of our own stack have pages. */
  private static @Nullable Url own(Part part) {
    return switch (part.id()) {
      case "UsersTable" -> Url.of("users");
      case "ImportsTable", "UploadBucket" -> Url.of("imports");
      default -> null;
    };
  }

  private String logGroup(Part function) {
    var resource = stack.resources().get(function.id());
    return stack.named(resource.properties().at("/LoggingConfig/LogGroup")).stream()
        .findFirst()
        .map(DeployedStack.Resource::name)
        .orElse("/aws/lambda/" + function.name());
  }

  /** The rules as a list, for those who do not see the map or want numbers in full. */
  List<FlowPage.RuleRow> rules() {
    return map.parts(Kind.RULE).stream()
        .map(rule -> {
          Activity.Rule counts = activity.rule(rule);
          return new FlowPage.RuleRow(
              rule.bus(),
              page(rule),
              Figures.count(counts.matched()),
              places(rule, Set.of(Meaning.DELIVERS)),
              Figures.count(counts.delivered()),
              counts.failed() == 0 ? "" : Figures.count(counts.failed()));
        })
        .toList();
  }

  /** Everything else, and what it passes on, calls and sets aside. */
  List<FlowPage.CallerRow> callers() {
    return map.parts().stream()
        .filter(part -> part.kind() != Kind.RULE)
        .map(part ->
            new FlowPage.CallerRow(
                place(part),
                standing(part),
                places(part, Set.of(Meaning.PUBLISHES, Meaning.READS, Meaning.USES)),
                places(part, Set.of(Meaning.SETS_ASIDE))))
        .filter(row -> !row.uses().isEmpty() || !row.setsAside().isEmpty())
        .toList();
  }

  private FlowPage.Place place(Part part) {
    return new FlowPage.Place(part.kind().word(), page(part));
  }

  private List<FlowPage.Place> places(Part from, Set<Meaning> meanings) {
    return map.arrows().stream()
        .filter(a -> a.from().equals(from.id()) && meanings.contains(a.meaning()))
        .map(a -> place(part(a.to())))
        .toList();
  }

  private Part part(String id) {
    return map.part(id).orElseThrow();
  }

  /** A number in a few characters. */
  private static String number(long number) {
    if (number < 10_000) {
      return Long.toString(number);
    } else if (number < 1_000_000) {
      return number / 1000 + "k";
    }
    return String.format(Locale.ROOT, "%.1fM", number / 1e6);
  }
}
