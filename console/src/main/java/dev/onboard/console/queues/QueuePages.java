package dev.onboard.console.queues;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.names.Names;
import dev.onboard.console.web.Answer;
import dev.onboard.console.web.Command;
import dev.onboard.console.web.Environment;
import dev.onboard.console.web.Figures;
import dev.onboard.console.web.Link;
import dev.onboard.console.web.Notices;
import dev.onboard.console.web.Notices.Notice;
import dev.onboard.console.web.Pages;
import dev.onboard.console.web.Refusal;
import dev.onboard.console.web.Request;
import dev.onboard.console.web.Routes;
import dev.onboard.console.web.Url;
import dev.onboard.console.web.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** The queues, a page for each with what is in it, and what can be done there. */
public final class QueuePages implements Pages {
  private static final int QUEUES = 100;
  private static final int PAGE = 50;

  /** How the fields of a form begin that choose messages. */
  private static final String CHOSEN = "m-";

  private final Environment env;
  private final Notices notices = new Notices();

  public QueuePages(Environment env) {
    this.env = env;
  }

  @Override
  public void addTo(Routes routes) {
    routes.get("queues", this::queues);
    routes.get("queues/{name}", this::queue);
    routes.get("queues/{name}/{number}", this::message);
    routes.post("queues/{name}/messages", this::deal);
    routes.post("queues/{name}/send", this::send);
    routes.post("queues/{name}/purge", this::purge);
    routes.post("queues/{name}/move", this::move);
    routes.post("queues/{name}/cancel", this::cancel);
  }

  private SqsClient sqs() {
    return env.sdk().client(SqsClient.class);
  }

  // ------------------------------------------------------------------ pages

  private Answer queues(Request request) {
    String after = request.parameter("after");
    QueueReader.Listed listed = new QueueReader(env).list(after, QUEUES);
    Url here = Url.of("queues");
    var page =
        new QueuesPage(
            listed.queues(),
            after == null ? null : here.toString(),
            listed.next() == null ? null : here.with("after", listed.next()).toString());
    return View.of("Queues", "queues/queues.jte", page).live();
  }

  private Answer queue(Request request) {
    var reader = new QueueReader(env);
    QueueState queue = reader.find(request.variable("name"));
    String search = request.parameter("q");
    Long before = request.number("before");
    List<QueuedMessage> found = QueueReader.messages(env, queue.name(), search, before, PAGE + 1);
    List<QueuedMessage> shown = found.subList(0, Math.min(PAGE, found.size()));
    Url here = Url.of("queues", queue.name()).with("q", search);
    var reasons = new Reasons(reader.names(), reader.wiring(), queue.arn());
    var ways = new Ways(env.sdk(), reader.names(), queue.connections());
    var page =
        new QueuePage(
            queue,
            shown.stream()
                .map(m ->
                    new QueuePage.Row(
                        m,
                        Url.path("queues", queue.name(), String.valueOf(m.number())),
                        reasons.of(m),
                        state(m, queue),
                        ways.of(m)))
                .toList(),
            search,
            task(queue),
            notices.of(request),
            before == null ? null : here.toString(),
            found.size() > PAGE
                ? here.with("before", String.valueOf(shown.getLast().number())).toString()
                : null,
            List.of(
                Command.aws(
                    "sqs",
                    "send-message",
                    "--queue-url",
                    queue.url(),
                    "--message-body",
                    "{\"hello\": \"queue\"}",
                    "--endpoint-url",
                    endpoint(request))));
    return View.of(queue.title().text(), "queues/queue.jte", page).live().using("queues.css");
  }

  private Answer message(Request request) {
    var reader = new QueueReader(env);
    QueueState queue = reader.find(request.variable("name"));
    String number = request.variable("number");
    QueuedMessage message =
        QueueReader.message(env, queue.name(), checked(number))
            .orElseThrow(() ->
                Refusal.notFound(
                    "The message is not in the queue "
                        + queue.title().text()
                        + " any more: it was deleted, moved, or kept for as long as the queue keeps"
                        + " messages."));
    var ways = new Ways(env.sdk(), reader.names(), queue.connections());
    List<Way> open = ways.of(message);
    var page =
        new MessagePage(
            queue,
            message,
            new Reasons(reader.names(), reader.wiring(), queue.arn()).of(message),
            state(message, queue),
            open,
            open.isEmpty() ? ways.whyNone(message) : null,
            links(message, reader.names()),
            notices.of(request),
            Command.aws(
                "sqs",
                "delete-message",
                "--queue-url",
                queue.url(),
                "--receipt-handle",
                message.handle(),
                "--endpoint-url",
                endpoint(request)));
    return View.of(message.title(), "queues/message.jte", page).live().using("queues.css");
  }

  private static String checked(String number) {
    try {
      return String.valueOf(Long.parseLong(number));
    } catch (NumberFormatException e) {
      throw Refusal.notFound("There is no message " + number + ".");
    }
  }

  /** The AWS CLI's first version finds SQS by nothing else. */
  private static String endpoint(Request request) {
    return "http://" + request.header("Host");
  }

  private static String state(QueuedMessage message, QueueState queue) {
    if (!message.visible().isAfter(queue.now())) {
      return "visible";
    }
    return message.receives() > 0 ? "in flight" : "delayed";
  }

  /** What a message tells of, each with its page. */
  private List<Link> links(QueuedMessage message, Names names) {
    var links = new ArrayList<Link>();
    JsonNode event = message.event();
    if (event != null) {
      String id = event.path("id").asText();
      links.add(
          env.links().link("event " + event.path("detail-type").asText(), Url.of("events", id)));
      links.add(env.links().link("its story", Url.of("story").with("q", id)));
      String correlation = event.at("/detail/metadata/correlationId").asText();
      if (!correlation.isEmpty()) {
        links.add(
            env.links()
                .link("logs of its correlation", Url.of("logs").with("correlation", correlation)));
      }
    }
    return links.stream().filter(l -> l.href() != null).toList();
  }

  private @Nullable MoveTask task(QueueState queue) {
    return queue.connections().isRedrivable()
        ? sqs().listMessageMoveTasks(l -> l.sourceArn(queue.arn())).results().stream()
            .findFirst()
            .map(MoveTask::of)
            .orElse(null)
        : null;
  }

  // ------------------------------------------------------------------ deeds

  /** Redrives or deletes the messages that were chosen. */
  private Answer deal(Request request) {
    Map<String, String> form = request.form();
    var reader = new QueueReader(env);
    QueueState queue = reader.find(request.variable("name"));
    List<String> chosen =
        form.keySet().stream()
            .filter(k -> k.startsWith(CHOSEN))
            .map(k -> checked(k.substring(CHOSEN.length())))
            .toList();
    String deed = form.getOrDefault("do", "");
    var deeds = new Deeds(env, queue);
    var ways = new Ways(env.sdk(), reader.names(), queue.connections());
    Notice notice =
        deed.equals("delete")
            ? deeds.delete(chosen)
            : deeds.again(chosen, message -> way(ways.of(message), deed));
    boolean stays =
        form.containsKey("one")
            && chosen.size() == 1
            && QueueReader.message(env, queue.name(), chosen.getFirst()).isPresent();
    return notices.tell(
        notice,
        stays ? Url.of("queues", queue.name(), chosen.getFirst()) : Url.of("queues", queue.name()));
  }

  private static @Nullable Way way(List<Way> ways, String wanted) {
    return wanted.equals("again")
        ? ways.stream().findFirst().orElse(null)
        : ways.stream().filter(w -> w.id().equals(wanted)).findFirst().orElse(null);
  }

  private Answer send(Request request) {
    String name = request.variable("name");
    Map<String, String> form = request.form();
    String body = form.getOrDefault("body", "");
    var message =
        SendMessageRequest.builder()
            .queueUrl(QueueReader.urlOf(sqs(), name))
            .messageBody(body)
            .delaySeconds(number(form.get("delay")))
            .messageGroupId(given(form.get("group")))
            .messageDeduplicationId(given(form.get("deduplication")))
            .build();
    return tell(
        name, () -> Notice.good("Sent as message " + sqs().sendMessage(message).messageId() + "."));
  }

  private static @Nullable String given(@Nullable String value) {
    return value == null || value.isBlank() ? null : value.strip();
  }

  private static @Nullable Integer number(@Nullable String value) {
    String given = given(value);
    try {
      return given == null ? null : Integer.valueOf(given);
    } catch (NumberFormatException e) {
      throw Refusal.badRequest("The delay must be a number of seconds, not " + given + ".");
    }
  }

  private Answer purge(Request request) {
    String name = request.variable("name");
    if (!"yes".equals(request.form().get("sure"))) {
      throw Refusal.badRequest("Purging deletes every message; it has to be confirmed.");
    }
    String url = QueueReader.urlOf(sqs(), name);
    return tell(
        name,
        () -> {
          sqs().purgeQueue(p -> p.queueUrl(url));
          return Notice.good("Every message of the queue was deleted.");
        });
  }

  private Answer move(Request request) {
    QueueState queue = new QueueReader(env).find(request.variable("name"));
    return tell(
        queue.name(),
        () -> {
          sqs().startMessageMoveTask(s -> s.sourceArn(queue.arn()));
          return Notice.good(
              "SQS moves "
                  + Figures.count(queue.visible(), "message", "messages")
                  + " back to where they came from.");
        });
  }

  private Answer cancel(Request request) {
    String name = request.variable("name");
    String handle = request.form().getOrDefault("handle", "");
    return tell(
        name,
        () ->
            Notice.good(
                "Stopped, after "
                    + Figures.count(
                        sqs()
                            .cancelMessageMoveTask(c -> c.taskHandle(handle))
                            .approximateNumberOfMessagesMoved(),
                        "message was",
                        "messages were")
                    + " moved."));
  }

  /** Does something and says on the queue's page what came of it. */
  private Answer tell(String queue, Supplier<Notice> deed) {
    Notice notice;
    try {
      notice = deed.get();
    } catch (SdkException e) {
      notice = Notice.bad("SQS did not do it: " + Deeds.said(e));
    }
    return notices.tell(notice, Url.of("queues", queue));
  }
}
