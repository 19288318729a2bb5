package dev.onboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a person finds out what became of somebody. */
@ExtendWith(InBrowser.class)
class StoryInBrowserTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void story_onEveryScreen_canBeRead(Look look, Visitor visitor) throws IOException {
    String address = "story-" + look.name().toLowerCase(Locale.ROOT) + "@example.com";
    Path file = folder.resolve("told-" + look.slug() + ".csv");
    Files.writeString(file, "email,name\n" + address + ",Story\nnobody(at)example.com,Nobody\n");
    visitor.onboard().run("import", file.toString());
    Page page = visitor.open("story?q=" + address, look);
    assertThat(page.locator("h1")).hasText(address);
    assertThat(page.locator(".step").first()).containsText("was uploaded");
    assertThat(step(page, "the mail is marked sent")).isVisible();
    assertThat(page.locator(".way")).containsText("mail sent");
    page.locator(".step summary").first().click();
    assertThat(page.locator(".step pre").first()).containsText("aws s3api head-object");
    visitor.check(page);
    visitor.screenshot(page, "story", look);
    page.navigate(visitor.address("story?q=nobody(at)example.com"));
    assertThat(step(page, "is not an e-mail address").locator(".badge").first()).hasText("failed");
    visitor.check(page);
  }

  @Test
  void story_isToldWhileItHappens(Visitor visitor) {
    Page page = visitor.open("story?q=happens@example.com");
    assertThat(page.locator(".empty")).containsText("nothing is known of happens@example.com");
    assertThat(page.locator("#live")).hasAttribute("data-state", "on");
    visitor.onboard().run("publish", "UserRegistered", "--set", "data.email=happens@example.com");
    assertThat(step(page, "the user was stored")).isVisible();
    assertThat(step(page, "the mail is marked sent")).isVisible();
    assertThat(page.locator(".empty")).hasCount(0);
    visitor.check(page);
  }

  @Test
  void story_isFoundByTyping_andHasAnAddress(Visitor visitor) {
    visitor.onboard().run("publish", "UserRegistered", "--set", "data.email=typed@example.com");
    Page page = visitor.open("story");
    page.getByLabel("Of").fill("Typed@example.com");
    page.keyboard().press("Enter");
    assertThat(page.locator("h1")).hasText("typed@example.com");
    assertThat(page).hasURL(Pattern.compile("story\\?q=Typed(@|%40)example.com$"));
    assertThat(page).hasTitle("typed@example.com · Onboard");
    page.goBack();
    assertThat(page.locator("h1")).hasText("Story");
  }

  @Test
  void story_leadsFromTheMail_andToIt(Visitor visitor) {
    visitor.onboard().run("publish", "UserRegistered", "--set", "data.email=mailed@example.com");
    Page page = visitor.open("mail?to=mailed@");
    page.locator("tbody a").first().click();
    page.getByText("Story of mailed@example.com").click();
    assertThat(page.locator("h1")).hasText("mailed@example.com");
    step(page, "was accepted").getByRole(AriaRole.LINK).first().click();
    assertThat(page).hasURL(Pattern.compile("/mail/"));
  }

  @Test
  void command_isCopied_andStaysOpenWhileThePageChanges(Visitor visitor) {
    visitor.onboard().run("publish", "UserRegistered", "--set", "data.email=copied@example.com");
    Page page = visitor.open("story?q=copied@example.com");
    page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
    Locator stored = step(page, "the user was stored");
    stored.locator("summary").click();
    visitor.onboard().run("publish", "UserRegistered", "--set", "data.email=copied@example.com");
    assertThat(page.locator("h1 + p")).containsText("registered again");
    stored.locator("button.copy").click();
    assertThat(stored.locator("button.copy")).hasText("Copied");
    assertThat(String.valueOf(page.evaluate("navigator.clipboard.readText()")))
        .startsWith("aws dynamodb get-item --table-name ")
        .contains("copied@example.com");
  }

  private static Locator step(Page page, String what) {
    return page.locator(".step", new Page.LocatorOptions().setHasText(what)).first();
  }
}
