package dev.onboard.console.logs;

import dev.onboard.console.logs.Tail.Entry;
import dev.onboard.console.stack.LogLine;
import dev.onboard.console.web.Answer;
import dev.onboard.console.web.Command;
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
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;

/** The logs of all functions together, and of every log group, while they are written. */
public final class LogPages implements Pages {
  private static final int PAGE = 100;
  private static final String LOGS = "logs";

  /** How the groups begin that functions log to unless they are told otherwise. */
  private static final String USUAL = "/aws/lambda/";

  private final Environment env;

  public LogPages(Environment env) {
    this.env = env;
  }

  @Override
  public void addTo(Routes routes) {
    routes.get("logs", this::logs);
    routes.get("logs/{group}", this::group);
  }

  /** What is looked for, and how far back. */
  private record Asked(LogFilter filter, Window window, @Nullable Place before) {
    static Asked of(Request request) {
      var filter = new LogFilter(request.parameter("q"), request.parameter("correlation"));
      // Whoever looks for something in particular has not said that it was lately.
      Window usual = filter.isOfAll() ? Window.DAY : Window.EVER;
      return new Asked(
          filter,
          Window.of(request.parameter("since"), usual),
          Place.of(request.parameter("before")));
    }

    /** The address of the same on a page. */
    Url on(Url page) {
      return page.with("q", filter.text())
          .with("correlation", filter.correlation())
          .with("since", window.parameter());
    }
  }

  private Answer logs(Request request) {
    Asked asked = Asked.of(request);
    String group = request.parameter("group");
    if (group != null) {
      return Redirect.to(asked.on(Url.of(LOGS, group)));
    }
    Sources sources = Sources.read(env);
    return view(asked, null, List.copyOf(sources.functions().keySet()), sources);
  }

  private Answer group(Request request) {
    Asked asked = Asked.of(request);
    String group = request.variable("group");
    Sources sources = Sources.read(env);
    if (exists(group) || sources.isWritten(group)) {
      return view(asked, group, List.of(group), sources);
    }
    // Who knows a function and nothing more takes it that it logs where functions usually do.
    String elsewhere =
        group.startsWith(USUAL) ? sources.groupOf(group.substring(USUAL.length())) : null;
    if (elsewhere == null) {
      throw Refusal.notFound("There is no log group " + group + ".");
    }
    return Redirect.to(asked.on(Url.of(LOGS, elsewhere)));
  }

  private boolean exists(String group) {
    return logs().describeLogGroupsPaginator(d -> d.logGroupNamePrefix(group)).logGroups().stream()
        .anyMatch(g -> g.logGroupName().equals(group));
  }

  private CloudWatchLogsClient logs() {
    return env.sdk().client(CloudWatchLogsClient.class);
  }

  private View view(Asked asked, @Nullable String group, List<String> groups, Sources sources) {
    Instant now = env.now();
    Tail.Found found;
    String problem = null;
    try {
      found =
          new Tail(logs(), groups, asked.filter)
              .newest(PAGE, asked.window.before(now), now, asked.before);
    } catch (InvalidParameterException e) {
      problem = e.awsErrorDetails().errorMessage();
      found = new Tail.Found(List.of(), false);
    }
    Url here = asked.on(group == null ? Url.of(LOGS) : Url.of(LOGS, group));
    List<Entry> entries = found.entries();
    var page =
        new LogsPage(
            group == null ? "Logs" : sources.title(group),
            group,
            sources.functions(),
            sources.others(),
            asked.filter.text(),
            asked.filter.correlation(),
            asked.window,
            entries.stream().map(e -> line(e, group, sources)).toList(),
            problem,
            asked.before == null ? null : here.toString(),
            found.hasOlder()
                ? here.with("before", entries.getLast().place().parameter()).toString()
                : null,
            commands(group, asked.filter));
    View view = View.of(page.title(), "logs/logs.jte", page).using("logs.css");
    return asked.before == null ? view.live() : view;
  }

  private static List<String> commands(@Nullable String group, LogFilter filter) {
    String pattern = filter.pattern();
    var words = new ArrayList<>(List.of(LOGS));
    if (group == null) {
      if (!pattern.isEmpty()) {
        words.addAll(List.of("--filter", pattern));
      }
      return List.of(Command.onboard(words.toArray(String[]::new)));
    }
    words.addAll(List.of("filter-log-events", "--log-group-name", group));
    if (!pattern.isEmpty()) {
      words.addAll(List.of("--filter-pattern", pattern));
    }
    return List.of(Command.aws(words.toArray(String[]::new)));
  }

  private Line line(Entry entry, @Nullable String group, Sources sources) {
    Place place = entry.place();
    LogLine line = LogLine.of(place.at(), entry.message());
    return new Line(
        "line-" + place.id() + "-" + Integer.toHexString(place.group().hashCode()),
        line.at(),
        new Link(
            sources.title(place.group()), group == null ? Url.path(LOGS, place.group()) : null),
        Line.badge(line),
        Line.text(line, entry.message()),
        !line.platform().isEmpty(),
        links(line, place.group()),
        Line.json(entry.message()),
        entry.message());
  }

  /** What a line belongs to: an invocation, and what all that was for. */
  private List<Link> links(LogLine line, String group) {
    var links = new ArrayList<Link>();
    if (!line.requestId().isEmpty()) {
      String invocation = Url.of(LOGS, group).with("q", line.requestId()).toString();
      links.add(new Link("invocation", invocation));
    }
    String correlation = line.json().path("correlationId").asText();
    if (!correlation.isEmpty()) {
      links.add(new Link("correlated", Url.of(LOGS).with("correlation", correlation).toString()));
      links.add(env.links().link("story", Url.of("story").with("q", correlation)));
    }
    String importId = line.json().path("importId").asText();
    if (!importId.isEmpty()) {
      links.add(env.links().link("import", Url.of("imports", importId)));
    }
    if (line.json().has("detail-type")) {
      links.add(env.links().link("event", Url.of("events", line.json().path("id").asText())));
    }
    return links.stream().filter(l -> l.href() != null).toList();
  }
}
