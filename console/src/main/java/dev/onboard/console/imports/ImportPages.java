package dev.onboard.console.imports;

import dev.onboard.console.stack.ImportItem;
import dev.onboard.console.stack.RejectedRows;
import dev.onboard.console.stack.Stack;
import dev.onboard.console.web.Answer;
import dev.onboard.console.web.Command;
import dev.onboard.console.web.Download;
import dev.onboard.console.web.Environment;
import dev.onboard.console.web.Figures;
import dev.onboard.console.web.Link;
import dev.onboard.console.web.Notices;
import dev.onboard.console.web.Notices.Notice;
import dev.onboard.console.web.Pages;
import dev.onboard.console.web.Redirect;
import dev.onboard.console.web.Refusal;
import dev.onboard.console.web.Request;
import dev.onboard.console.web.Routes;
import dev.onboard.console.web.Url;
import dev.onboard.console.web.View;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/** The imports with a place to drop files, and a page for each that is followed to its end. */
public final class ImportPages implements Pages {
  private static final int PAGE = 25;
  private static final int REJECTED = 10;
  private static final String IMPORTS = "imports";

  private final Environment env;
  private final Notices notices = new Notices();

  public ImportPages(Environment env) {
    this.env = env;
  }

  @Override
  public void addTo(Routes routes) {
    routes.get("imports", this::imports);
    routes.post("imports", this::upload);
    routes.get("imports/uploaded", this::uploaded);
    routes.get("imports/{id}", this::one);
    routes.get("imports/{id}/rejected.csv", this::rejected);
  }

  private Optional<Stack> stack(Request request) {
    String name = request.parameter("stack");
    return Stack.find(
        env.sdk().client(CloudFormationClient.class), name == null ? Stack.USUAL_NAME : name);
  }

  private Stack deployed(Request request) {
    return stack(request)
        .orElseThrow(() ->
            Refusal.notFound(
                "There is no stack "
                    + Optional.ofNullable(request.parameter("stack")).orElse(Stack.USUAL_NAME)
                    + ". It is deployed with: ./onboard deploy"));
  }

  // ------------------------------------------------------------------ the list
  private Answer imports(Request request) {
    Stack stack = stack(request).orElse(null);
    if (stack == null) {
      return View.of("Imports", "imports/none.jte", Command.onboard("deploy")).live();
    }
    String token = request.parameter("page");
    Instant now = env.now();
    Runs.Listed listed = new Runs(env.sdk(), stack).list(token, PAGE);
    Url here = here(request, IMPORTS);
    var page =
        new ImportsPage(
            here.toString(),
            listed.runs().stream().map(r -> row(r, now, request)).toList(),
            notices.of(request),
            token == null ? null : here.toString(),
            listed.next() == null ? null : here.with("page", listed.next()).toString(),
            Command.onboard("import", "examples/users-with-bad-rows.csv"));
    return View.of("Imports", "imports/imports.jte", page)
        .live()
        .using("imports.css", "imports.js");
  }

  /** An address that stays with the stack. */
  private static Url here(Request request, String... segments) {
    return Url.of(segments).with("stack", request.parameter("stack"));
  }

  private static ImportsPage.Row row(Run run, Instant now, Request request) {
    ImportItem item = run.item();
    return new ImportsPage.Row(
        run.name(),
        run.started(),
        run.key().isEmpty() ? run.name() : file(run.key()),
        item == null ? null : here(request, IMPORTS, item.importId()).toString(),
        run.badge(),
        run.own(),
        Figures.span(run.took(now)));
  }

  private static String file(String key) {
    return key.substring(key.lastIndexOf('/') + 1);
  }

  // ------------------------------------------------------------------ uploads
  private Answer upload(Request request) {
    String bucket = deployed(request).output("UploadBucketName");
    List<Upload> uploads;
    try {
      uploads = Upload.of(request, env.sdk().client(S3Client.class), bucket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (uploads.isEmpty()) {
      return notices.tell(Notice.bad("No file was chosen."), here(request, IMPORTS));
    } else if (uploads.size() > 1) {
      return notices.tell(
          Notice.good(
              Figures.count(uploads.size(), "file is", "files are")
                  + " uploaded; their imports appear here."),
          here(request, IMPORTS));
    }
    Upload upload = uploads.getFirst();
    return Redirect.to(
        here(request, IMPORTS, "uploaded")
            .with("key", upload.key())
            .with("version", upload.version()));
  }

  /** Waits for the import of an upload, and leads to it. */
  private Answer uploaded(Request request) {
    Stack stack = deployed(request);
    String key = Optional.ofNullable(request.parameter("key")).orElse("");
    String version = Optional.ofNullable(request.parameter("version")).orElse("");
    Optional<ImportItem> item =
        ImportItem.ofUpload(env.sdk().client(DynamoDbClient.class), stack, key, version);
    if (item.isPresent()) {
      return Redirect.to(here(request, IMPORTS, item.get().importId()));
    }
    String dead = stack.output("UndeliveredEventsQueueUrl").replaceFirst(".*/", "");
    var page =
        new UploadedPage(
            file(key),
            stack.output("UploadBucketName"),
            here(request, IMPORTS, "uploaded").with("key", key).with("version", version).toString(),
            Stream.of(
                    env.links()
                        .link(
                            "the events of the bus",
                            Url.of("events").with("bus", stack.output("EventBusName"))),
                    env.links().link("what could not be delivered", Url.of("queues", dead)),
                    env.links().link("all imports", here(request, IMPORTS)))
                .filter(l -> l.href() != null)
                .toList());
    return View.of(page.file(), "imports/uploaded.jte", page).live();
  }

  // ------------------------------------------------------------------ one import
  private Answer one(Request request) {
    Stack stack = deployed(request);
    ImportItem item = find(request, stack);
    Instant end = item.endedAt() == null ? env.now() : item.endedAt();
    var rows = new RejectedRows(env.sdk().client(S3Client.class));
    String id = item.importId();
    List<RejectedRows.Rejected> rejected = rows.first(item, REJECTED);
    var page =
        new ImportPage(
            item,
            file(item.key()),
            Duration.between(item.startedAt(), end),
            stranded(item, stack),
            rejected,
            rejected.isEmpty() ? null : here(request, IMPORTS, id, "rejected.csv").toString(),
            users(item, request),
            links(item, request),
            Command.aws(
                "dynamodb",
                "get-item",
                "--table-name",
                stack.output("ImportsTableName"),
                "--key",
                "{\"importId\": {\"S\": \"" + id + "\"}}"));
    return View.of(page.file(), "imports/import.jte", page).live().using("imports.css");
  }

  private ImportItem find(Request request, Stack stack) {
    String id = request.variable("id");
    return ImportItem.find(env.sdk().client(DynamoDbClient.class), stack, id)
        .orElseThrow(() ->
            Refusal.notFound(
                "There is no import " + id + "; what is known of imports is kept for a while."));
  }

  /** An execution that was stopped or timed out cannot say so in the table; it is asked itself. */
  private @Nullable String stranded(ImportItem item, Stack stack) {
    return item.isRunning()
        ? new Runs(env.sdk(), stack)
            .execution(item.execution())
            .map(DescribeExecutionResponse::statusAsString)
            .filter(status -> !status.equals("RUNNING") && !status.equals("SUCCEEDED"))
            .orElse(null)
        : null;
  }

  /** The users that it created, if there are any. */
  private Link users(ImportItem item, Request request) {
    String created = Figures.count(item.created());
    return item.created() == 0
        ? new Link(created, null)
        : env.links().link(created, here(request, "users").with("import", item.importId()));
  }

  private List<Link> links(ImportItem item, Request request) {
    String id = item.importId();
    return Stream.of(
            env.links().link("its execution", Url.of("executions", item.execution())),
            env.links().link("its story", here(request, "story").with("q", id)),
            env.links().link("its cost", here(request, "cost").with("import", id)),
            env.links().link("its logs", Url.of("logs").with("correlation", item.correlationId())),
            env.links().link("the event that began it", Url.of("events", item.correlationId())))
        .filter(l -> l.href() != null)
        .toList();
  }

  private Answer rejected(Request request) {
    ImportItem item = find(request, deployed(request));
    var rows = new RejectedRows(env.sdk().client(S3Client.class));
    if (!rows.hasReport(item)) {
      throw Refusal.notFound("The import has no report of rejected rows, or it is gone.");
    }
    return Download.file(
        "text/csv; charset=utf-8",
        file(item.key()).replaceFirst("(?i)\\.csv$", "") + "-rejected.csv",
        out -> {
          try (var in = rows.open(item).orElseThrow()) {
            in.transferTo(out);
          }
        });
  }
}
