package dev.onboard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A person at a browser. What the browser complains of while they are at it - an error in a script,
 * something that the content security policy forbids, an answer that is none - fails the test.
 */
final class Visitor implements AutoCloseable {
  private static final String AXE = script("/axe.min.js");

  /** The rules that stand for WCAG 2.2 AA, and axe's own good practice. */
  private static final String CHECK =
      """
      async () => {
        const found = await axe.run(document, { resultTypes: ["violations"] });
        return found.violations.map((v) => v.id + ": " + v.help + "\\n  "
          + v.nodes.map((n) => n.html + " " + n.failureSummary).join("\\n  "));
      }
      """;

  private final Browser browser;
  private final RunningOnboard onboard;
  private final List<BrowserContext> contexts = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private final List<Pattern> expected = new ArrayList<>();

  Visitor(Browser browser, RunningOnboard onboard) {
    this.browser = browser;
    this.onboard = onboard;
  }

  RunningOnboard onboard() {
    return onboard;
  }

  /** Opens a page of the console, on a wide screen by day. */
  Page open(String path) {
    return open(path, Look.WIDE_LIGHT);
  }

  Page open(String path, Look look) {
    BrowserContext context = browser.newContext(look.options());
    contexts.add(context);
    Page page = context.newPage();
    page.onConsoleMessage(this::heard);
    page.onPageError(error -> faults.add("error: " + error));
    page.onResponse(this::received);
    page.onRequest(this::requested);
    page.navigate(address(path));
    return page;
  }

  String address(String path) {
    return onboard.console().resolve(path).toString();
  }

  /** Says that the browser will complain, and that it should. */
  void expectFault(String pattern) {
    expected.add(Pattern.compile(pattern));
  }

  private void heard(ConsoleMessage message) {
    if (message.type().equals("error") || message.type().equals("warning")) {
      faults.add("console: " + message.text());
    }
  }

  private void received(Response response) {
    if (response.status() >= 400) {
      faults.add(response.status() + " " + response.url());
    }
  }

  /** Nothing comes from other hosts. */
  private void requested(Request request) {
    URI asked = URI.create(request.url());
    if (!asked.getScheme().equals("data")
        && !String.valueOf(asked.getAuthority()).equals(onboard.console().getAuthority())) {
      faults.add("a request to another host: " + request.url());
    }
  }

  /** Holds the page to what everybody must be able to use, and to the width of the screen. */
  void check(Page page) {
    page.evaluate(AXE);
    assertThat((List<?>) page.evaluate(CHECK)).as("accessibility of " + page.url()).isEmpty();
    Object wider =
        page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assertThat(wider).as("pixels by which " + page.url() + " is too wide").isEqualTo(0);
  }

  /** How many bytes the page came to with all that it loaded, unpacked. */
  long weight(Page page) {
    Object bytes =
        page.evaluate(
            """
            () => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
              .reduce((sum, entry) => sum + entry.decodedBodySize, 0)
            """);
    return ((Number) bytes).longValue();
  }

  /** Keeps what the page looks like, for people: {@code target/screenshots/NAME-LOOK.png}. */
  void screenshot(Page page, String name, Look look) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of("target/screenshots", name + "-" + look.slug() + ".png")));
  }

  /** Closes all that is open, as one must before what it shows is taken away. */
  void leave() {
    contexts.forEach(BrowserContext::close);
    contexts.clear();
  }

  /** The rest of what is open is closed; complaints that nobody expected fail the test. */
  @Override
  public void close() {
    leave();
    assertThat(faults)
        .filteredOn(fault -> expected.stream().noneMatch(e -> e.matcher(fault).find()))
        .as("what the browser complained of")
        .isEmpty();
  }

  private static String script(String resource) {
    try (InputStream in = Visitor.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
