package dev.onboard.console.mail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.mail.Letter.Form;
import dev.onboard.console.web.Answer;
import dev.onboard.console.web.Document;
import dev.onboard.console.web.Environment;
import dev.onboard.console.web.Link;
import dev.onboard.console.web.Pages;
import dev.onboard.console.web.Refusal;
import dev.onboard.console.web.Request;
import dev.onboard.console.web.Routes;
import dev.onboard.console.web.Url;
import dev.onboard.console.web.View;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The inbox, newest mail first, and a page for each mail. */
public final class MailPages implements Pages {
  private static final int PAGE = 50;

  /** As much as contains an event's id beside the event itself: what SES tells of its mail. */
  private static final String RELATED = "100";

  /** An event that has no mail after a day gets none: its message is a dead letter by then. */
  private static final Duration LONGEST_WAY = Duration.ofDays(1);

  /** A mail is a stranger's page: it may do nothing but look the way it wants. */
  private static final String MAIL_POLICY =
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

  private final Environment env;

  public MailPages(Environment env) {
    this.env = env;
  }

  @Override
  public void addTo(Routes routes) {
    routes.get("mail", this::inbox);
    routes.get("mail/{id}", this::letter);
    routes.get("mail/{id}/html", this::html);
  }

  private Answer inbox(Request request) {
    String search = request.parameter("to");
    Long before = request.number("before");
    var asked = new HashMap<>(Map.of("limit", String.valueOf(PAGE + 1)));
    if (search != null) {
      asked.put("search", search);
    }
    if (before != null) {
      asked.put("before", before.toString());
    }
    List<Mail> found = env.questions().ask("mails", asked).stream().map(Mail::of).toList();
    List<Mail> shown = found.subList(0, Math.min(PAGE, found.size()));
    Url here = Url.of("mail").with("to", search);
    String older =
        found.size() > PAGE
            ? here.with("before", String.valueOf(shown.getLast().number())).toString()
            : null;
    long count = env.questions().askOne("counts", Map.of()).path("mails").asLong();
    var inbox =
        new Inbox(
            shown.stream().map(m -> new Inbox.Row(m, Url.path("mail", m.id()))).toList(),
            count,
            search,
            before == null ? null : here.toString(),
            older);
    return View.of("Mail", "mail/inbox.jte", inbox).live();
  }

  private Answer letter(Request request) {
    Mail mail = find(request);
    var forms = new ArrayList<Form>();
    if (mail.html() != null) {
      forms.add(Form.HTML);
    }
    if (mail.text() != null) {
      forms.add(Form.TEXT);
    }
    forms.add(Form.HEADERS);
    Form shown = form(request.parameter("show"), forms);
    String address = mail.to().isEmpty() ? mail.recipients() : mail.to().getFirst();
    var letter =
        new Letter(
            mail,
            forms.stream().map(form -> tab(mail, form, form == shown)).toList(),
            shown,
            Url.path("mail", mail.id(), "html"),
            cause(mail).orElse(null),
            mail.tags().entrySet().stream().map(t -> tag(t.getKey(), t.getValue())).toList(),
            links(address));
    return View.of(letter.title(), "mail/letter.jte", letter);
  }

  private List<Link> links(String address) {
    return Stream.of(
            env.links().link("Story of " + address, Url.of("story").with("q", address)),
            env.links().link("the user", Url.of("users").with("q", address)))
        .filter(l -> l.href() != null)
        .toList();
  }

  private static Form form(@Nullable String name, List<Form> forms) {
    if (name == null) {
      return forms.getFirst();
    }
    return forms.stream()
        .filter(form -> name.equals(parameter(form)))
        .findFirst()
        .orElseThrow(() -> Refusal.notFound("The mail cannot be shown as " + name + "."));
  }

  private static String parameter(Form form) {
    return form.name().toLowerCase(Locale.ROOT);
  }

  private static Letter.Tab tab(Mail mail, Form form, boolean isCurrent) {
    Url url = Url.of("mail", mail.id()).with("show", parameter(form));
    return new Letter.Tab(form.title(), url.toString(), isCurrent);
  }

  private Letter.Tag tag(String name, String value) {
    Link link =
        switch (name) {
          case "importId" -> env.links().link(value, Url.of("imports", value));
          default -> new Link(value, null);
        };
    return new Letter.Tag(name, link);
  }

  /**
   * The event that a mail was sent for: the last one before it whose own id is the mail's tag. The
   * bus gives every copy and every repetition an id of its own.
   */
  private Optional<Link> cause(Mail mail) {
    String eventId = mail.tags().get("eventId");
    if (eventId == null) {
      return Optional.empty();
    }
    Map<String, String> search =
        Map.of(
            "contains",
            eventId,
            "since",
            mail.at().minus(LONGEST_WAY).toString(),
            "until",
            mail.at().toString(),
            "limit",
            RELATED);
    return env.questions().ask("events", search).stream()
        .filter(e -> e.at("/event/detail/metadata/eventId").asText().equals(eventId))
        .findFirst()
        .map(this::event);
  }

  private Link event(JsonNode event) {
    String id = event.path("id").asText();
    return env.links().link(event.path("detailType").asText() + " " + id, Url.of("events", id));
  }

  private Answer html(Request request) {
    String html = find(request).html();
    if (html == null) {
      throw Refusal.notFound("The mail has no HTML.");
    }
    return new Document(
        200,
        Map.of("Content-Type", "text/html; charset=utf-8", "Content-Security-Policy", MAIL_POLICY),
        html.getBytes(StandardCharsets.UTF_8));
  }

  private Mail find(Request request) {
    String id = request.variable("id");
    return env.questions().ask("mails", Map.of("id", id)).stream()
        .map(Mail::of)
        .findFirst()
        .orElseThrow(() -> Refusal.notFound("There is no mail " + id + "."));
  }
}
