package dev.onboard.console.events;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.console.bus.BusRules;
import dev.onboard.console.web.Answer;
import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Command;
import dev.onboard.console.web.Environment;
import dev.onboard.console.web.Figures;
import dev.onboard.console.web.Redirect;
import dev.onboard.console.web.Refusal;
import dev.onboard.console.web.Request;
import dev.onboard.console.web.Url;
import dev.onboard.console.web.View;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Archive;
import software.amazon.awssdk.services.eventbridge.model.DescribeArchiveResponse;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.ListArchivesResponse;
import software.amazon.awssdk.services.eventbridge.model.ListReplaysResponse;
import software.amazon.awssdk.services.eventbridge.model.Replay;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.Rule;

/** The archives of the buses, and their replays. */
final class Archives {
  /** Of each; older ones stay in AWS's lists alone. */
  private static final int MOST = 100;

  private static final Set<String> UNDER_WAY = Set.of("STARTING", "RUNNING");

  private final Environment env;
  private final EventBridgeClient events;

  Archives(Environment env) {
    this.env = env;
    this.events = env.sdk().client(EventBridgeClient.class);
  }

  View page(Request request) {
    String chosen = request.parameter("archive");
    var page =
        new ArchivesPage(
            archives().stream().map(this::archive).toList(),
            chosen == null ? null : form(chosen),
            replays().stream().map(Archives::replay).toList(),
            Command.aws(
                "events",
                "create-archive",
                "--archive-name",
                "everything",
                "--event-source-arn",
                "arn:aws:events:us-east-1:000000000000:event-bus/default"));
    return View.of("Archives", "events/archives.jte", page).live().using(EventPages.STYLE);
  }

  private List<Archive> archives() {
    var archives = new ArrayList<Archive>();
    String token = null;
    do {
      String next = token;
      ListArchivesResponse page = events.listArchives(l -> l.limit(MOST).nextToken(next));
      archives.addAll(page.archives());
      token = page.nextToken();
    } while (token != null && archives.size() < MOST);
    return archives;
  }

  private List<Replay> replays() {
    var replays = new ArrayList<Replay>();
    String token = null;
    do {
      String next = token;
      ListReplaysResponse page = events.listReplays(l -> l.limit(MOST).nextToken(next));
      replays.addAll(page.replays());
      token = page.nextToken();
    } while (token != null && replays.size() < MOST);
    return replays;
  }

  private ArchivesPage.Archive archive(Archive archive) {
    String bus = bus(archive.eventSourceArn());
    int days = archive.retentionDays() == null ? 0 : archive.retentionDays();
    return new ArchivesPage.Archive(
        archive.archiveName(),
        Url.of("events", "archives").with("archive", archive.archiveName()).toString(),
        env.links().link(bus, Url.of("events").with("bus", bus)),
        Badge.of(archive.stateAsString()),
        archive.eventCount(),
        Figures.bytes(archive.sizeBytes()),
        days == 0 ? "for ever" : days + (days == 1 ? " day" : " days"));
  }

  private static String bus(String arn) {
    return arn.replaceFirst(".*event-bus/", "");
  }

  private ArchivesPage.Form form(String name) {
    DescribeArchiveResponse archive = describe(name);
    String bus = bus(archive.eventSourceArn());
    Instant now = env.now().truncatedTo(ChronoUnit.SECONDS);
    return new ArchivesPage.Form(
        name,
        "replay-" + now.toString().replaceAll("[^0-9]", ""),
        text(archive.creationTime().truncatedTo(ChronoUnit.SECONDS)),
        text(now),
        bus,
        new BusRules(events)
            .of(bus).stream()
                .filter(r -> r.eventPattern() != null && r.managedBy() == null)
                .map(Rule::name)
                .toList());
  }

  private DescribeArchiveResponse describe(String name) {
    try {
      return events.describeArchive(d -> d.archiveName(name));
    } catch (ResourceNotFoundException e) {
      throw Refusal.notFound(e.awsErrorDetails().errorMessage());
    } catch (EventBridgeException e) {
      throw Refusal.badRequest(e.awsErrorDetails().errorMessage());
    }
  }

  private static String text(Instant time) {
    return time.toString().replace("T", " ").replace("Z", "");
  }

  private static ArchivesPage.Replay replay(Replay replay) {
    ObjectNode pattern = JsonNodeFactory.instance.objectNode();
    pattern.putArray("replay-name").add(replay.replayName());
    boolean isUnderWay = UNDER_WAY.contains(replay.stateAsString());
    return new ArchivesPage.Replay(
        replay.replayName(),
        replay.eventSourceArn().replaceFirst(".*archive/", ""),
        Badge.of(replay.stateAsString()),
        Objects.toString(replay.stateReason(), ""),
        replay.eventStartTime(),
        replay.eventEndTime(),
        replay.eventLastReplayedTime(),
        Url.of("events").with("pattern", pattern.toString()).toString(),
        isUnderWay ? Url.path("events", "archives", "replays", replay.replayName()) : null);
  }

  Answer start(Request request) {
    Map<String, String> form = request.form();
    DescribeArchiveResponse archive = describe(form.getOrDefault("archive", ""));
    String only = form.getOrDefault("rule", "");
    Instant from = time("From", form.get("from"));
    Instant to = time("To", form.get("to"));
    String bus = bus(archive.eventSourceArn());
    List<String> filters =
        only.isEmpty()
            ? List.of()
            : List.of(
                new BusRules(events)
                    .find(bus, only)
                    .orElseThrow(
                        () -> Refusal.notFound("There is no rule " + only + " on " + bus + "."))
                    .arn());
    try {
      events.startReplay(s ->
          s.replayName(form.getOrDefault("name", ""))
              .eventSourceArn(archive.archiveArn())
              .eventStartTime(from)
              .eventEndTime(to)
              .destination(d ->
                  d.arn(archive.eventSourceArn()).filterArns(filters.isEmpty() ? null : filters)));
    } catch (EventBridgeException e) {
      throw Refusal.badRequest(e.awsErrorDetails().errorMessage());
    }
    return Redirect.to(Url.of("events", "archives"));
  }

  private static Instant time(String what, @Nullable String text) {
    try {
      return Instant.parse(String.valueOf(text).strip().replace(' ', 'T') + "Z");
    } catch (DateTimeParseException e) {
      throw Refusal.badRequest(
          what + " must be a time in UTC such as 2026-01-31 12:00:00, not " + text + ".");
    }
  }

  Answer cancel(Request request) {
    try {
      events.cancelReplay(c -> c.replayName(request.variable("name")));
    } catch (EventBridgeException e) {
      throw Refusal.badRequest(e.awsErrorDetails().errorMessage());
    }
    return Redirect.to(Url.of("events", "archives"));
  }
}
