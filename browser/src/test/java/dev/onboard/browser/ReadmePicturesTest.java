package dev.onboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Takes the pictures of the README, when somebody says with {@code onboard.pictures} into which
 * folder.
 */
@ExtendWith(InBrowser.class)
@EnabledIfSystemProperty(named = "onboard.pictures", matches = ".+")
class ReadmePicturesTest {
  /** A README is looked at over slow lines, too. */
  private static final long LARGEST = 150_000;

  private static final Path FOLDER = Path.of(System.getProperty("onboard.pictures", "."));
  private static final Path USERS = Path.of("../examples/users.csv");
  private static final Path BAD_ROWS = Path.of("../examples/users-with-bad-rows.csv");

  @Test
  void pictures_ofWhatTheReadmeTellsOf_areTaken(Visitor visitor) throws IOException {
    String bad = imported(visitor, BAD_ROWS);
    imported(visitor, USERS);
    Page page = visitor.open("imports/" + bad);
    assertThat(page.locator(".tiles")).isVisible();
    take(page, "import");
    page.getByText("its execution").click();
    assertThat(page.locator(".graph, svg").first()).isVisible();
    take(page, "execution");
    page = visitor.open("events");
    assertThat(page.locator("tbody tr").first()).isVisible();
    take(page, "events", 520);
    page = visitor.open("story?q=sophie.laurel@example.com");
    assertThat(page.locator(".step", new Page.LocatorOptions().setHasText("is marked sent")))
        .isVisible();
    take(page, "story");
    page = visitor.open("flow");
    assertThat(page.locator(".count").first()).isVisible();
    take(page, "flow");
  }

  private static String imported(Visitor visitor, Path file) {
    String said = visitor.onboard().run("import", file.toString(), "--json");
    Matcher id = Pattern.compile("\"importId\":\"([0-9a-f]+)\"").matcher(said);
    assertThat(id.find()).as(said).isTrue();
    return id.group(1);
  }

  private static void take(Page page, String name) throws IOException {
    take(page, name, 760);
  }

  private static void take(Page page, String name, int height) throws IOException {
    assertThat(page.locator("nav li a[aria-current]")).isVisible();
    page.setViewportSize(1280, height);
    Files.createDirectories(FOLDER);
    Path file = FOLDER.resolve("console-" + name + ".png");
    page.screenshot(new Page.ScreenshotOptions().setPath(file));
    assertThat(Files.size(file)).as("bytes of " + file).isLessThan(LARGEST);
  }
}
