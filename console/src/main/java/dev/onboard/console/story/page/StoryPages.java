package dev.onboard.console.story.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.stack.Stack;
import dev.onboard.console.story.Reference;
import dev.onboard.console.story.Step;
import dev.onboard.console.story.Step.State;
import dev.onboard.console.story.Stories;
import dev.onboard.console.story.Story;
import dev.onboard.console.web.Answer;
import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Environment;
import dev.onboard.console.web.Figures;
import dev.onboard.console.web.Link;
import dev.onboard.console.web.Pages;
import dev.onboard.console.web.Request;
import dev.onboard.console.web.Routes;
import dev.onboard.console.web.Url;
import dev.onboard.console.web.View;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One timeline over all services, of whatever somebody types. */
public final class StoryPages implements Pages {
  private static final String TITLE = "Story";
  private static final String TEMPLATE = "story/story.jte";
  private static final String LATELY = "8";

  /** A story to which nothing was added for so long is followed no more; it is costly to tell. */
  private static final Duration CALM = Duration.ofMinutes(1);

  private final Environment env;

  public StoryPages(Environment env) {
    this.env = env;
  }

  @Override
  public void addTo(Routes routes) {
    routes.get("story", this::story);
  }

  private Answer story(Request request) {
    String asked = request.parameter("q");
    String stack = request.parameter("stack");
    if (asked == null) {
      return View.of(TITLE, TEMPLATE, without(null, stack, null))
          .live()
          .using("story.css", "story.js");
    }
    try {
      var stories =
          new Stories(env.sdk(), env.questions(), stack == null ? Stack.USUAL_NAME : stack);
      Story story = stories.of(asked);
      View view =
          View.of(story.subject(), TEMPLATE, with(asked, stack, story))
              .using("story.css", "story.js");
      return isCalm(story) ? view : view.live();
    } catch (NoSuchElementException e) {
      String nothing = String.valueOf(e.getMessage());
      return View.of(TITLE, TEMPLATE, without(asked, stack, nothing))
          .live()
          .using("story.css", "story.js");
    }
  }

  private boolean isCalm(Story story) {
    Instant now = env.now();
    return story.steps().stream().noneMatch(s -> s.state() == State.WAITING)
        && story.steps().stream()
            .map(Step::at)
            .filter(Objects::nonNull)
            .allMatch(at -> at.plus(CALM).isBefore(now));
  }

  private StoryPage without(
      @Nullable String asked, @Nullable String stack, @Nullable String nothing) {
    return new StoryPage(asked, stack, null, List.of(), List.of(), null, nothing, lately(stack));
  }

  /** Those who got mail last. */
  private List<Link> lately(@Nullable String stack) {
    return env.questions().ask("mails", Map.of("limit", LATELY)).stream()
        .map(m -> m.at("/to/0"))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .distinct()
        .map(to -> env.links().link(to, Url.of("story").with("q", to).with("stack", stack)))
        .toList();
  }

  private StoryPage with(String asked, @Nullable String stack, Story story) {
    var way = new ArrayList<StoryPage.Leg>();
    for (int i = 0; i < story.milestones().size(); i++) {
      Story.Milestone milestone = story.milestones().get(i);
      String took = i == 0 ? null : Figures.span(story.legs().get(i - 1).took());
      way.add(new StoryPage.Leg(milestone.name(), milestone.at(), took));
    }
    Duration whole = story.legs().size() > 1 ? story.whole() : null;
    return new StoryPage(
        asked,
        stack,
        story,
        rows(story),
        way,
        whole == null ? null : Figures.span(whole),
        null,
        List.of());
  }

  private List<StoryPage.Row> rows(Story story) {
    var rows = new ArrayList<StoryPage.Row>();
    var ids = new HashSet<String>();
    LocalDate day = null;
    for (int i = 0; i < story.steps().size(); i++) {
      Step step = story.steps().get(i);
      LocalDate now = step.at() == null ? day : step.at().atZone(ZoneOffset.UTC).toLocalDate();
      String hash = Integer.toHexString(Objects.hash(step.at(), step.service(), step.what()));
      String id = ids.add(hash) ? hash : hash + "-" + i;
      rows.add(row("step-" + id, step, !Objects.equals(day, now), story.gap(i)));
      day = now;
    }
    return rows;
  }

  private StoryPage.Row row(String id, Step step, boolean isNewDay, @Nullable Duration gap) {
    return new StoryPage.Row(
        id,
        step.at(),
        isNewDay,
        gap == null || gap.isZero() ? null : Figures.span(gap),
        step.service(),
        step.what(),
        step.took() == null ? null : Figures.span(step.took()),
        badge(step.state()),
        tone(step.state()),
        step.details(),
        step.links().stream().map(this::link).filter(l -> l.href() != null).toList(),
        step.command());
  }

  private Link link(Reference reference) {
    return env.links().link(reference.text(), Url.of(reference.path(), reference.query()));
  }

  private static @Nullable Badge badge(State state) {
    return switch (state) {
      case OK -> null;
      case WAITING -> new Badge("waiting", tone(state));
      case RETRIED -> new Badge("retried", tone(state));
      case FAILED -> new Badge("failed", tone(state));
      case IGNORED -> new Badge("nothing done", tone(state));
    };
  }

  private static String tone(State state) {
    return switch (state) {
      case OK -> "good";
      case WAITING, RETRIED -> "wait";
      case FAILED -> "bad";
      case IGNORED -> "";
    };
  }
}
