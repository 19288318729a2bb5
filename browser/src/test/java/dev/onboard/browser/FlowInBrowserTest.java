package dev.onboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/** What a person sees on the map of the deployed stack. */
@ExtendWith(InBrowser.class)
class FlowInBrowserTest {
  private static final Path USERS = Path.of("../examples/users.csv");

  @ParameterizedTest
  @EnumSource
  void map_onEveryScreen_canBeRead(Look look, Visitor visitor) {
    visitor.onboard().run("import", USERS.toString());
    Page page = visitor.open("flow", look);
    assertThat(page.locator("h1")).hasText("Flow");
    // Where the map begins can be seen, however narrow the screen is.
    assertThat(node(page, "Upload")).isInViewport();
    assertThat(node(page, "onboard-dev")).isVisible();
    assertThat(page.locator(".concerns")).containsText("Nothing failed");
    visitor.check(page);
    visitor.screenshot(page, "flow", look);
  }

  @Test
  void events_areCountedWhileOneLooks(Visitor visitor) {
    Page page = visitor.open("flow");
    assertThat(page.locator("#live")).hasAttribute("data-state", "on");
    Locator matched = page.locator("tr", row("UserRegistered")).locator("[data-label=matched]");
    long before = Long.parseLong(matched.textContent());
    visitor.onboard().run("publish", "UserRegistered", "--set", "data.email=map@example.com");
    assertThat(matched).hasText(String.valueOf(before + 1));
    assertThat(page.locator(".count title", new Page.LocatorOptions().setHasText("sent")))
        .hasText(Pattern.compile("[1-9]\\d* sent"));
  }

  @Test
  void deadLetter_comesToTheMapInRed(Visitor visitor) {
    Page page = visitor.open("flow");
    assertThat(node(page, "MailOutcomeDead")).hasCount(0);
    try (SqsClient sqs =
        visitor.onboard().<SqsClient, SqsClientBuilder>client(SqsClient.builder())) {
      String letters =
          sqs.listQueues().queueUrls().stream()
              .filter(url -> url.contains("MailOutcomeDeadLetters"))
              .findFirst()
              .orElseThrow();
      sqs.sendMessage(s -> s.queueUrl(letters).messageBody("{}"));
      assertThat(node(page, "MailOutcomeDead")).hasClass(Pattern.compile("\\bbad\\b"));
      assertThat(page.locator(".concerns"))
          .containsText("queue MailOutcomeDeadLetters keeps 1 that nothing could be done with");
      visitor.check(page);
      sqs.purgeQueue(p -> p.queueUrl(letters));
      assertThat(node(page, "MailOutcomeDead")).hasCount(0);
    }
  }

  @Test
  void node_leadsToItsPage_byKeyboardToo(Visitor visitor) {
    Page page = visitor.open("flow");
    node(page, "Mail").focus();
    page.keyboard().press("Enter");
    assertThat(page).hasURL(Pattern.compile("/_console/mail$"));
  }

  @Test
  void whatAReaderScrolledTo_staysWhileNumbersChange(Visitor visitor) {
    Page page = visitor.open("flow", Look.NARROW_LIGHT);
    assertThat(page.locator("#live")).hasAttribute("data-state", "on");
    page.evaluate("document.querySelector('.graph').scrollLeft = 77");
    Locator matched = page.locator("tr", row("UserRegistered")).locator("[data-label=matched]");
    long before = Long.parseLong(matched.textContent());
    visitor.onboard().run("publish", "UserRegistered", "--set", "data.email=scroll@example.com");
    assertThat(matched).hasText(String.valueOf(before + 1));
    assertThat(page.evaluate("document.querySelector('.graph').scrollLeft")).isEqualTo(77);
  }

  @Test
  void timeThatIsCounted_isPartOfTheAddress(Visitor visitor) {
    Page page = visitor.open("flow");
    page.getByLabel("Counted over the last").selectOption("24h");
    assertThat(page).hasURL(Pattern.compile("since=24h"));
    assertThat(page.locator(".caption")).containsText("the last 24 hours");
    page.reload();
    assertThat(page.getByLabel("Counted over the last")).hasValue("24h");
    page.goBack();
    assertThat(page.locator(".caption")).containsText("the last hour");
  }

  private static Locator node(Page page, String name) {
    return page.locator(".node")
        .filter(new Locator.FilterOptions().setHas(page.locator(".name", exactly(name))));
  }

  private static Page.LocatorOptions exactly(String name) {
    return new Page.LocatorOptions().setHasText(Pattern.compile("^" + name + "(Letters|…|L…)?$"));
  }

  private static Page.LocatorOptions row(String rule) {
    return new Page.LocatorOptions().setHasText(Pattern.compile("^\\s*" + rule + "\\b"));
  }
}
