package dev.onboard.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.console.story.Reference;
import dev.onboard.console.story.Step;
import dev.onboard.console.story.Story;
import dev.onboard.console.web.Figures;
import dev.onboard.console.web.Url;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A story for a terminal, 80 columns wide, or as objects.
 *
 * @param commands whether each step is followed by the command that shows it
 */
record StoryLines(Story story, boolean commands) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String MARGIN = " ".repeat(24);
  private static final Set<String> WITH_IDS = Set.of("imports", "executions", "mail");

  void print(PrintWriter out) {
    Wrapped.print(out, "", story.subject() + ": " + story.summary() + ".");
    if (!story.legs().isEmpty()) {
      var way = new StringBuilder(story.legs().getFirst().from());
      story
          .legs()
          .forEach(
              l -> way.append(" -> ").append(Figures.span(l.took())).append(" -> ").append(l.to()));
      Duration whole = story.whole();
      if (story.legs().size() > 1 && whole != null) {
        way.append("; ").append(Figures.span(whole)).append(" in all");
      }
      Wrapped.print(out, "", way.toString());
    }
    LocalDate day = null;
    for (int i = 0; i < story.steps().size(); i++) {
      Step step = story.steps().get(i);
      LocalDate now = step.at() == null ? day : step.at().atZone(ZoneOffset.UTC).toLocalDate();
      if (now != null && !now.equals(day)) {
        out.printf("%n%s (UTC)%n", now);
        day = now;
      }
      print(out, step, story.gap(i));
    }
    whole(out);
    if (!story.unknown().isEmpty()) {
      out.println();
      story.unknown().forEach(u -> Wrapped.print(out, "? ", u));
    }
  }

  /** The ids that sentences have no room for. */
  private void whole(PrintWriter out) {
    List<Reference> ids =
        story.steps().stream()
            .flatMap(s -> s.links().stream())
            .filter(l -> l.path().size() == 2 && WITH_IDS.contains(l.path().getFirst()))
            .toList();
    if (!ids.isEmpty()) {
      out.println();
      var told = new HashSet<List<String>>();
      ids.stream()
          .filter(l -> told.add(l.path()))
          .forEach(l -> out.println(l.text() + "  " + l.path().getLast()));
    }
  }

  private void print(PrintWriter out, Step step, @Nullable Duration gap) {
    String time = step.at() == null ? "?" : TIME.format(step.at());
    String since = gap == null || gap.isZero() ? "" : "+" + Figures.span(gap);
    String took = step.took() == null ? "" : ", " + Figures.span(step.took());
    Wrapped.print(
        out,
        "%-12s %9s  ".formatted(time, since),
        mark(step.state()) + step.service() + ": " + step.what() + took);
    step.details().forEach(d -> Wrapped.print(out, MARGIN + "  ", d));
    if (commands && step.command() != null) {
      out.println(MARGIN + "  $ " + step.command());
    }
  }

  private static String mark(Step.State state) {
    return switch (state) {
      case OK -> "";
      case WAITING -> "WAITING ";
      case RETRIED -> "RETRIED ";
      case FAILED -> "FAILED ";
      case IGNORED -> "NOTHING DONE ";
    };
  }

  List<ObjectNode> objects() {
    var objects = new ArrayList<ObjectNode>();
    for (Step step : story.steps()) {
      ObjectNode object =
          RuntimeEndpoint.JSON
              .createObjectNode()
              .put("at", text(step.at()))
              .put("tookMillis", step.took() == null ? null : (Long) step.took().toMillis())
              .put("service", step.service())
              .put("what", step.what())
              .put("state", step.state().name());
      ArrayNode details = object.putArray("details");
      step.details().forEach(details::add);
      ArrayNode links = object.putArray("links");
      for (Reference link : step.links()) {
        links
            .addObject()
            .put("text", link.text())
            .put("page", Url.of(link.path(), link.query()).toString());
      }
      objects.add(object.put("command", step.command()));
    }
    return objects;
  }

  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }
}
