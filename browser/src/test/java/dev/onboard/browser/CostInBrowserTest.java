package dev.onboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a person finds out what an import would have cost. */
@ExtendWith(InBrowser.class)
class CostInBrowserTest {
  private static final Path USERS = Path.of("../examples/users.csv");

  @ParameterizedTest
  @EnumSource
  void cost_onEveryScreen_canBeRead(Look look, Visitor visitor) {
    String importId = imported(visitor);
    Page page = visitor.open("cost?import=" + importId, look);
    assertThat(page.locator("h1 + p")).containsText("users.csv");
    assertThat(total(page)).isVisible();
    visitor.check(page);
    visitor.screenshot(page, "cost", look);
  }

  @Test
  void costByResource_isPartOfTheAddress(Visitor visitor) {
    imported(visitor);
    Page page = visitor.open("cost");
    assertThat(page.locator(".part")).hasCount(0);
    page.getByLabel("by resource").check();
    assertThat(
            page.locator(".part th", new Page.LocatorOptions().setHasText("ImportUsers")).first())
        .isVisible();
    assertThat(page).hasURL(Pattern.compile("resources=on"));
    page.getByLabel("Over the last").selectOption("24h");
    assertThat(page).hasURL(Pattern.compile("since=24h&resources=on"));
    page.reload();
    assertThat(page.getByLabel("by resource")).isChecked();
    assertThat(page.getByLabel("Over the last")).hasValue("24h");
  }

  @Test
  void costOfAnImport_leadsToItsStory_andBack(Visitor visitor) {
    String importId = imported(visitor);
    Page page = visitor.open("cost?import=" + importId);
    page.getByText("its story").click();
    assertThat(page.locator("h1")).hasText("import of users.csv");
    page.locator(".step .links a", new Page.LocatorOptions().setHasText("cost")).first().click();
    assertThat(page).hasURL(Pattern.compile("cost\\?import=" + importId));
  }

  private static Locator total(Page page) {
    return page.locator("tr", new Page.LocatorOptions().setHasText("Total")).first();
  }

  private static String imported(Visitor visitor) {
    String said = visitor.onboard().run("import", USERS.toString(), "--json");
    Matcher id = Pattern.compile("\"importId\":\"([0-9a-f]+)\"").matcher(said);
    if (!id.find()) {
      throw new AssertionError(said);
    }
    return id.group(1);
  }
}
