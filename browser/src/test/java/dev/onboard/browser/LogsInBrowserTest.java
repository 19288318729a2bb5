package dev.onboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.SelectOption;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a person reads what the functions log. */
@ExtendWith(InBrowser.class)
class LogsInBrowserTest {
  /** A function may have to be started first. */
  private static final double LOGGED_MILLIS = 30_000;

  @ParameterizedTest
  @EnumSource
  void lines_onEveryScreen_canBeRead_andOpened(Look look, Visitor visitor) {
    register(visitor, "look-" + look.slug());
    Page page = visitor.open("logs", look);
    Locator line = line(page, "registered").first();
    assertThat(line).isVisible(new IsVisibleOptions().setTimeout(LOGGED_MILLIS));
    line.locator("summary").click();
    assertThat(line.locator(".json")).containsText("\"correlationId\"");
    visitor.check(page);
    visitor.screenshot(page, "logs", look);
  }

  @Test
  void lines_comeWhileOneLooks_andWhatIsOpenStaysOpen(Visitor visitor) {
    visitor.onboard().run("publish", "UserRegistered", "--set", "data.email=tail-1@logs.example");
    Page page = visitor.open("logs");
    assertThat(page.locator("#live")).hasAttribute("data-state", "on");
    Locator opened = page.locator(".lines tbody tr").first();
    String id = opened.getAttribute("id");
    opened.locator("summary").click();
    register(visitor, "tail-2");
    assertThat(page.locator(".lines tbody tr").first())
        .not()
        .hasAttribute("id", id, new HasAttributeOptions().setTimeout(LOGGED_MILLIS));
    assertThat(page.locator("#" + id + " details")).hasAttribute("open", "");
  }

  @Test
  void lines_areFollowed_fromFunctionToCorrelationToStory(Visitor visitor) {
    register(visitor, "followed");
    Page page = visitor.open("logs");
    page.getByLabel("Of").selectOption(new SelectOption().setLabel("RegisterUser"));
    assertThat(page.locator("h1")).hasText("RegisterUser");
    assertThat(page).hasURL(Pattern.compile("/logs/[^?]*register-user\\?since=24h$"));
    Locator line = line(page, "registered").first();
    assertThat(line).isVisible(new IsVisibleOptions().setTimeout(LOGGED_MILLIS));
    line.locator("summary").click();
    line.getByText("correlated").click();
    assertThat(page).hasURL(Pattern.compile("/logs\\?correlation="));
    assertThat(page.locator("h1")).hasText("Logs");
    line(page, "registered").locator("summary").click();
    line(page, "registered").getByText("story").click();
    assertThat(page).hasURL(Pattern.compile("/story\\?q="));
  }

  private static void register(Visitor visitor, String name) {
    visitor
        .onboard()
        .run(
            "publish",
            "UserRegistered",
            "--no-follow",
            "--set",
            "data.email=" + name + "@logs.example");
  }

  private static Locator line(Page page, String text) {
    return page.locator(".lines tbody tr", new Page.LocatorOptions().setHasText(text));
  }
}
