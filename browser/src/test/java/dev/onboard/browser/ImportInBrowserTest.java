package dev.onboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.assertions.PageAssertions.HasURLOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a person does with a file of people, from dropping it to the mended rows. */
@ExtendWith(InBrowser.class)
class ImportInBrowserTest {
  private static final Path WITH_BAD_ROWS = Path.of("../examples/users-with-bad-rows.csv");
  private static final double MILLIS = 60_000;

  @Test
  void droppedFile_isImported_followedToItsEnd_andItsRejectedRowsAreKept(Visitor visitor)
      throws IOException {
    Page page = visitor.open("imports");
    drop(page, "dropped.csv", "email,name\ndropped@example.com,Drop\ndropped(at)example.com,Off\n");
    assertThat(page)
        .hasURL(Pattern.compile("/imports/[0-9a-f]{64}$"), new HasURLOptions().setTimeout(MILLIS));
    assertThat(page.locator("h1")).hasText("dropped.csv");
    assertThat(tile(page, "Mails sent")).hasText("1", within());
    assertThat(page.locator(".head .badge")).hasText("completed", within());
    assertThat(tile(page, "Rows read")).hasText("2");
    assertThat(tile(page, "Rejected")).hasText("1");
    Download file = page.waitForDownload(() -> page.getByText("Download rejected.csv").click());
    assertThat(file.suggestedFilename()).isEqualTo("dropped-rejected.csv");
    assertThat(Files.readString(file.path()))
        .startsWith("email,name,row,error")
        .contains("dropped(at)example.com,Off,3,")
        .contains("is not an e-mail address");

    tile(page, "Created").getByText("1").click();
    assertThat(page).hasURL(Pattern.compile("/users\\?import="));
    page.locator("tbody a").click();
    assertThat(page.locator("h1")).hasText("dropped@example.com");
    page.getByText("row 2 of an import").click();
    assertThat(page.locator("h1")).hasText("dropped.csv");
    page.getByText("its story").click();
    assertThat(page.locator("h1")).hasText("import of dropped.csv");
  }

  @Test
  void fileThatIsChosen_isUploaded_andWhatIsWrongWithItIsSaid(Visitor visitor) {
    Page page = visitor.open("imports");
    page.getByLabel("choose one").setInputFiles(Path.of("../examples/users-excel-semicolon.csv"));
    assertThat(page.locator(".head .badge")).hasText("failed", within());
    assertThat(page.locator(".problem")).containsText("separated by semicolons");
    visitor.check(page);
    page.locator(".up a").click();
    assertThat(page.locator("tbody tr").first()).containsText("separated by semicolons");
  }

  @ParameterizedTest
  @EnumSource
  void importAndItsUsers_onEveryScreen_canBeRead(Look look, Visitor visitor) {
    String said = visitor.onboard().run("import", WITH_BAD_ROWS.toString(), "--json");
    Matcher id = Pattern.compile("\"importId\":\"([0-9a-f]+)\"").matcher(said);
    assertThat(id.find()).as(said).isTrue();
    Page page = visitor.open("imports/" + id.group(1), look);
    assertThat(tile(page, "Rejected")).hasText("6");
    visitor.check(page);
    visitor.screenshot(page, "import", look);
    page.navigate(visitor.address("imports"));
    visitor.screenshot(page, "imports", look);
    page.navigate(visitor.address("users"));
    visitor.screenshot(page, "users", look);
    page.locator("tbody a").first().click();
    assertThat(page.locator(".json")).containsText("\"email\"");
    visitor.check(page);
    visitor.screenshot(page, "user", look);
  }

  @Test
  void users_areFoundWhileOneTypes(Visitor visitor) {
    visitor.onboard().run("publish", "UserRegistered", "--set", "data.email=sought@users.example");
    Page page = visitor.open("users");
    page.getByLabel("Who").fill("sought@users");
    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(page).hasURL(Pattern.compile("users\\?q=sought(@|%40)users$"));
    page.locator("tbody a").click();
    assertThat(page.locator(".facts")).containsText("registration");
  }

  private static void drop(Page page, String name, String content) {
    JSHandle files =
        page.evaluateHandle(
            """
            ([name, content]) => {
              const files = new DataTransfer();
              files.items.add(new File([content], name, { type: "text/csv" }));
              return files;
            }
            """,
            new String[] {name, content});
    page.dispatchEvent("#upload", "dragover", Map.of("dataTransfer", files));
    assertThat(page.locator("#upload")).hasClass(Pattern.compile("over"));
    page.dispatchEvent("#upload", "drop", Map.of("dataTransfer", files));
  }

  private static Locator tile(Page page, String name) {
    return page.locator(".tiles > div:has(dt:text-is(\"" + name + "\")) dd");
  }

  private static HasTextOptions within() {
    return new HasTextOptions().setTimeout(MILLIS);
  }
}
