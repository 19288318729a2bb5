package dev.onboard.console.story;

import dev.onboard.console.stack.ImportItem;
import dev.onboard.console.stack.MailItem;
import dev.onboard.console.stack.RejectedRows;
import dev.onboard.console.stack.UserItem;
import dev.onboard.console.story.Step.State;
import dev.onboard.console.trail.AcceptedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/** The story of one person: where the address came from, the user, the event, the mail. */
final class PersonStory {
  /** Appearances in files that are told; of older ones only their number. */
  private static final int APPEARANCES = 10;

  private static final String CREATED = "UserCreated";

  private final Sources sources;
  private final String address;
  private final FunctionLogs logs;
  private final EventSteps events;
  private final Labels labels;
  private final Draft draft = new Draft();
  private final List<String> verdicts = new ArrayList<>();

  /**
   * A story.
   *
   * @param address as users are keyed
   */
  PersonStory(Sources sources, String address) {
    this.sources = sources;
    this.address = address;
    this.logs = new FunctionLogs(sources);
    this.labels = new Labels(sources.stack());
    this.events = new EventSteps(labels);
  }

  Story tell() {
    Optional<UserItem> user =
        UserItem.find(sources.client(DynamoDbClient.class), sources.stack(), address);
    List<AcceptedEvent> about = sources.eventsWith(quoted(address));
    Instant registered = registrations(about, user.orElse(null));
    Instant imported = appearances(user.orElse(null));
    List<AcceptedEvent> created = created(about);
    user.ifPresent(u -> stored(u, u.importId() == null ? registered : imported, created));
    told(created, user.isPresent());
    var mails = new MailChapter(sources, logs, events);
    mails.tell(address, about, draft);
    mentions(about);
    verdicts.addAll(new DeadLetterChapter(sources, labels).tell(quoted(address), draft));
    if (draft.isEmpty()) {
      throw new NoSuchElementException(
          "nothing is known of "
              + address
              + sources.trailBegins().map(t -> "; events are known back to " + t).orElse(""));
    }
    return draft.finish(
        address, summary(user.orElse(null), mails.entry(UserItem.idOf(address)).orElse(null)));
  }

  /** Registrations; answers when the last one of them stored the user. */
  private @Nullable Instant registrations(List<AcceptedEvent> about, @Nullable UserItem user) {
    var chapter = new RegistrationChapter(sources, logs, events);
    var told = new ArrayList<AcceptedEvent>();
    about.stream()
        .filter(e -> e.detailType().equals(RegistrationChapter.TYPE))
        .filter(e -> UserItem.keyOf(e.detail().at("/data/email").asText()).equals(address))
        .forEach(told::add);
    if (user != null && user.eventId() != null && told.stream().noneMatch(e -> made(e, user))) {
      // In another spelling the address does not stand in it.
      String made = user.eventId();
      sources.event(made).stream().filter(e -> e.id().equals(made)).forEach(told::add);
      sources.eventsWith(made).stream()
          .filter(e -> e.detailType().equals(RegistrationChapter.TYPE) && made(e, user))
          .forEach(told::add);
    }
    if (user != null && user.eventId() != null && told.stream().noneMatch(e -> made(e, user))) {
      draft.unknown(
          "The registration " + user.eventId() + ", which made the user, is not known any more.");
    }
    Instant stored = null;
    for (AcceptedEvent event : told.stream().distinct().toList()) {
      boolean made = user != null && made(event, user);
      Instant then = chapter.tell(event, draft);
      if (made) {
        draft.milestone("registered", event.at());
        stored = then;
      }
      verdicts.add(
          made
              ? "registered by an event from " + event.source()
              : user == null
                  ? "a registration from " + event.source() + " has not made one"
                  : "registered again by " + event.source() + ", to no effect");
    }
    return stored;
  }

  private static boolean made(AcceptedEvent event, UserItem user) {
    return RegistrationChapter.eventId(event).equals(user.eventId());
  }

  /** The rows with the address; answers when the one that made the user was stored. */
  private @Nullable Instant appearances(@Nullable UserItem user) {
    List<Appearance> all = found();
    if (all.size() > APPEARANCES) {
      draft.unknown(
          "The address stands in %d rows; the newest %d are told."
              .formatted(all.size(), APPEARANCES));
    }
    var chapter = new BatchChapter(logs);
    Instant stored = null;
    var batches = new HashMap<String, Optional<Instant>>();
    for (Appearance appearance : all.subList(Math.max(0, all.size() - APPEARANCES), all.size())) {
      Optional<ImportItem> item =
          ImportItem.find(
              sources.client(DynamoDbClient.class), sources.stack(), appearance.importId());
      if (item.isEmpty()) {
        draft.unknown("The import " + appearance.importId() + " is not known any more.");
        continue;
      }
      boolean made = user != null && made(appearance, user);
      if (made) {
        new UploadChapter(sources, events).tell(item.get(), draft);
        new WorkflowChapter(sources).tellShort(item.get().execution(), draft);
      } else if (user == null || !appearance.importId().equals(user.importId())) {
        draft.add(again(appearance, item.get()));
      }
      Instant then =
          batches
              .computeIfAbsent(
                  appearance.batch().executionArn(),
                  _ -> Optional.ofNullable(chapter.tell(appearance, draft)))
              .orElse(null);
      stored = made ? then : stored;
      verdict(appearance, item.get(), user, made, then);
    }
    if (user != null && user.importId() != null && all.stream().noneMatch(a -> made(a, user))) {
      origin(user.importId(), user.row());
    }
    return stored;
  }

  private static boolean made(Appearance appearance, UserItem user) {
    return appearance.importId().equals(user.importId())
        && Objects.equals(appearance.row(), user.row());
  }

  /** The import that made the user, of which the batch with the row is not known any more. */
  private void origin(String importId, @Nullable Integer row) {
    ImportItem.find(sources.client(DynamoDbClient.class), sources.stack(), importId)
        .ifPresentOrElse(
            item -> {
              new UploadChapter(sources, events).tell(item, draft);
              new WorkflowChapter(sources).tellShort(item.execution(), draft);
              verdicts.add("created by row " + row + " of " + UploadChapter.name(item));
              draft.unknown("The batch with row " + row + " is not known any more.");
            },
            () ->
                draft.unknown(
                    "The import " + importId + ", which made the user, is not known any more."));
  }

  /** As a text of JSON, so that it is not found as the end of a longer one. */
  static String quoted(String text) {
    return '"' + text + '"';
  }

  private List<Appearance> found() {
    var workflow = new WorkflowChapter(sources);
    // A cell may have white space around the address; but as the end of longer ones it may stand
    // in more batches than are answered.
    return Stream.of(quoted(address), address)
        .flatMap(text -> sources.executionsWith(text).stream())
        .filter(e -> e.hasNonNull("mapRun"))
        .map(e -> e.path("arn").asText())
        .distinct()
        .flatMap(arn -> workflow.describe(arn).stream())
        .sorted(Comparator.comparing(DescribeExecutionResponse::startDate))
        .flatMap(b -> Appearance.in(b, address).stream())
        .toList();
  }

  /** An import that did not make the user: its upload in one step. */
  private Step.Builder again(Appearance appearance, ImportItem item) {
    return Step.of(
            "S3",
            UploadChapter.name(item) + " was imported, with the address in row " + appearance.row())
        .at(item.startedAt())
        .link(Reference.to("import of " + UploadChapter.name(item), "imports", item.importId()))
        .command(
            ShownBy.aws(
                "dynamodb",
                "get-item",
                "--table-name",
                sources.stack().output("ImportsTableName"),
                "--key",
                "{\"importId\":{\"S\":\"" + item.importId() + "\"}}"));
  }

  private void verdict(
      Appearance appearance,
      ImportItem item,
      @Nullable UserItem user,
      boolean made,
      @Nullable Instant then) {
    String where = "row " + appearance.row() + " of " + UploadChapter.name(item);
    if (made) {
      verdicts.add("created by " + where);
      return;
    }
    String reason =
        appearance.problem().isEmpty()
            ? new RejectedRows(sources.client(S3Client.class))
                .reason(item, appearance.row())
                .orElse(null)
            : appearance.problem();
    if (reason != null) {
      draft.add(
          decided(where + " was rejected", State.FAILED, appearance, item, then).detail(reason));
      verdicts.add(where + " was rejected: " + reason);
    } else if (user != null) {
      draft.add(
          decided(
              where + " changed nothing: the user existed", State.IGNORED, appearance, item, then));
      verdicts.add(where + " found the user existing");
    } else if (item.isRunning()) {
      verdicts.add(where + " is being imported");
    } else {
      draft.unknown(
          "What became of %s is not known: there is no user, and no report rejects it."
              .formatted(where));
      verdicts.add(where + " left no user");
    }
  }

  private static Step.Builder decided(
      String what, State state, Appearance appearance, ImportItem item, @Nullable Instant then) {
    Step.Builder step =
        Step.of("DynamoDB", what)
            .at(then == null ? appearance.batch().stopDate() : then)
            .state(state)
            .link(
                Reference.to("import of " + UploadChapter.name(item), "imports", item.importId()));
    String report = item.rejectedReport();
    return state == State.FAILED && report != null
        ? step.command(ShownBy.aws("s3", "cp", report, "-"))
        : step;
  }

  /** The user's item; it was there before any event told of it. */
  private void stored(UserItem user, @Nullable Instant known, List<AcceptedEvent> created) {
    Instant told = created.isEmpty() ? null : created.getFirst().at();
    Instant at = known == null || told != null && told.isBefore(known) ? told : known;
    String table = sources.stack().output("UsersTableName");
    String origin =
        user.importId() != null
            ? "by row %d of import %s".formatted(user.row(), Ids.brief(user.importId()))
            : "by registration " + Ids.brief(String.valueOf(user.eventId()));
    if (known == null && told != null) {
      draft.unknown("When the user was stored is not known; it was before the event told of it.");
    }
    draft.add(
        Step.of("DynamoDB", "the user was stored")
            .at(at)
            .detail(origin)
            .detail("user id " + Ids.brief(user.userId()) + ", dated " + user.createdAt())
            .link(Reference.to("user", "users", user.email()))
            .command(
                ShownBy.aws(
                    "dynamodb",
                    "get-item",
                    "--table-name",
                    table,
                    "--key",
                    "{\"email\":{\"S\":\"" + user.email() + "\"}}")));
    draft.milestone("stored", at);
    if (at == null) {
      draft.unknown("When the user was stored is not known: neither log nor event tells any more.");
    }
  }

  /** The events that told of the user. */
  private List<AcceptedEvent> created(List<AcceptedEvent> about) {
    return about.stream()
        .filter(e -> e.detailType().equals(CREATED))
        .filter(e -> e.detail().at("/data/email").asText().equals(address))
        .toList();
  }

  private void told(List<AcceptedEvent> created, boolean isUser) {
    created.forEach(e -> draft.add(events.step(e)));
    if (isUser && created.isEmpty()) {
      draft.unknown(
          "No event UserCreated of the user is known"
              + sources
                  .trailBegins()
                  .map(t -> ": what is known of events goes back to " + t + ".")
                  .orElse("."));
    }
  }

  /** Events with the address that are none of ours, or none that anybody takes for one. */
  private void mentions(List<AcceptedEvent> about) {
    for (AcceptedEvent event : about) {
      boolean ours =
          event.detailType().equals(CREATED)
              || event.detailType().equals(RegistrationChapter.TYPE)
              || event.source().equals(MailChapter.SES);
      if (!ours) {
        draft.add(events.step(event));
        verdicts.add(
            "an event %s from %s mentions it".formatted(event.detailType(), event.source()));
      }
    }
  }

  private String summary(@Nullable UserItem user, @Nullable MailItem mail) {
    var parts = new ArrayList<String>();
    parts.add(user == null ? "no user" : "a user");
    verdicts.stream().map(PersonStory::withoutStop).distinct().forEach(parts::add);
    if (mail != null) {
      parts.add(
          switch (mail.status()) {
            case "SENT" -> "the welcome mail was sent";
            case "UNDELIVERABLE" ->
                "the welcome mail could not be delivered (" + mail.outcome() + ")";
            default -> "whether the welcome mail was sent is in doubt";
          });
    } else if (user != null) {
      parts.add("no welcome mail yet");
    }
    return String.join("; ", parts);
  }

  private static String withoutStop(String sentence) {
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }
}
