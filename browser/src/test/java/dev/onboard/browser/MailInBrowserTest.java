package dev.onboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.SesV2ClientBuilder;
import software.amazon.awssdk.services.sesv2.model.Body;

/** What a person does with mails. */
@ExtendWith(InBrowser.class)
class MailInBrowserTest {
  private static final Path USERS = Path.of("../examples/users.csv");

  @ParameterizedTest
  @EnumSource
  void inboxAndMail_onEveryScreen_canBeRead(Look look, Visitor visitor) {
    visitor.onboard().run("import", USERS.toString());
    Page page = visitor.open("mail", look);
    assertThat(page.locator("h1")).hasText("Mail");
    assertThat(page.locator("tbody tr").first()).isVisible();
    assertThat(page.locator("#live")).hasText("Live");
    visitor.check(page);
    visitor.screenshot(page, "mail", look);

    // Others may have sent a page of mails by now.
    page.getByLabel("To", new Page.GetByLabelOptions().setExact(true)).fill("sophie.laurel@");
    page.getByText("sophie.laurel@example.com").first().click();
    assertThat(page.locator("h1")).hasText("Welcome aboard");
    assertThat(page.frameLocator("iframe").locator("body")).containsText("Hello Sophie");
    visitor.check(page);
    visitor.screenshot(page, "letter", look);

    page.locator(".tabs").getByText("Headers").click();
    assertThat(page).hasURL(Pattern.compile("show=headers"));
    assertThat(page.locator("table")).containsText("MIME-Version");
    visitor.check(page);
  }

  @Test
  void newMail_appearsByItself(Visitor visitor) {
    Page page = visitor.open("mail");
    assertThat(page.locator("#live")).hasAttribute("data-state", "on");
    String subject = send(visitor, "live@example.com", "It is live");
    assertThat(page.locator("tbody tr").first()).containsText(subject);

    page.locator("#live").click();
    assertThat(page.locator("#live")).hasText("Paused");
    send(visitor, "live@example.com", "Not yet");
    page.locator("#live").click();
    assertThat(page.locator("tbody tr").first()).containsText("Not yet");
  }

  @Test
  void search_whileTyping_narrowsTheInbox(Visitor visitor) {
    send(visitor, "mail.needle@haystack.example", "Found");
    Page page = visitor.open("mail");
    Locator field = page.getByLabel("To", new Page.GetByLabelOptions().setExact(true));
    field.click();
    page.keyboard().type("mail.needle@");
    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(page).hasURL(Pattern.compile("mail\\?to=mail.needle"));
    assertThat(field).isFocused();
    assertThat(field).hasValue("mail.needle@");
    page.reload();
    assertThat(page.locator("tbody tr")).hasCount(1);
    page.getByLabel("To", new Page.GetByLabelOptions().setExact(true)).fill("");
    assertThat(page.locator("tbody tr").nth(1)).isVisible();
    assertThat(page).hasURL(Pattern.compile("mail$"));
  }

  @Test
  void mail_isOpenedByKeyboard(Visitor visitor) {
    send(visitor, "keys@example.com", "By keyboard");
    Page page = visitor.open("mail?to=keys@");
    page.keyboard().press("Tab");
    assertThat(page.getByText("Skip to the content")).isFocused();
    page.keyboard().press("Enter");
    page.keyboard().press("Tab");
    assertThat(page.locator("#to")).isFocused();
    Locator first = page.locator("tbody a").first();
    for (int i = 0;
        i < 3 && !first.evaluate("e => e === document.activeElement").equals(true);
        i++) {
      page.keyboard().press("Tab");
    }
    page.keyboard().press("Enter");
    assertThat(page.locator("h1")).hasText("By keyboard");
  }

  @Test
  void scriptInAMail_doesNotRun(Visitor visitor) {
    visitor.expectFault("Blocked script execution");
    String html =
        "<p id=p>calm</p><script>document.getElementById('p').textContent = 'ran'</script>";
    send(visitor, "script@example.com", "<i>Script</i>", b -> b.html(h -> h.data(html)));
    Page page = visitor.open("mail?to=script@");
    assertThat(page.locator("tbody tr").first()).containsText("<i>Script</i>");
    page.locator("tbody a").first().click();
    assertThat(page.frameLocator("iframe").locator("#p")).hasText("calm");
  }

  @Test
  void messageId_canBeCopied(Visitor visitor) {
    send(visitor, "copy@example.com", "Copy me");
    Page page = visitor.open("mail?to=copy@");
    page.locator("tbody a").first().click();
    page.locator(".copy").click();
    assertThat(page.locator(".copy")).hasText("Copied");
    assertThat(page.evaluate("navigator.clipboard.readText()"))
        .isEqualTo(page.locator(".facts .id").textContent());
  }

  @Test
  void times_areThoseOfTheReader_withUtcAtHand(Visitor visitor) {
    send(visitor, "time@example.com", "What time is it");
    Page page = visitor.open("mail?to=time@");
    Locator time = page.locator("time").first();
    String there =
        Instant.parse(time.getAttribute("datetime"))
            .atZone(ZoneId.of(Look.ZONE))
            .format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss"));
    assertThat(time).hasText(there);
    assertThat(time).hasAttribute("title", Pattern.compile(" UTC$"));
  }

  @Test
  void theme_thatIsChosen_stays(Visitor visitor) {
    Page page = visitor.open("mail");
    Object day = background(page);
    page.getByText("dark", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
    assertThat(background(page)).isNotEqualTo(day);
    page.reload();
    assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
  }

  @Test
  void navigation_onANarrowScreen_isBehindAButton(Visitor visitor) {
    Page page = visitor.open("mail", Look.NARROW_LIGHT);
    Locator entry = page.locator("nav a", new Page.LocatorOptions().setHasText("Mail")).first();
    assertThat(entry).isHidden();
    page.getByText("Menu").click();
    assertThat(entry).isVisible();
    visitor.check(page);
    page.keyboard().press("Escape");
    assertThat(entry).isHidden();
  }

  private static Object background(Page page) {
    return page.evaluate("getComputedStyle(document.documentElement).backgroundColor");
  }

  private static String send(Visitor visitor, String to, String subject) {
    return send(visitor, to, subject, b -> b.text(t -> t.data("Hi")));
  }

  private static String send(
      Visitor visitor, String to, String subject, Consumer<Body.Builder> body) {
    try (SesV2Client ses =
        visitor.onboard().<SesV2Client, SesV2ClientBuilder>client(SesV2Client.builder())) {
      ses.sendEmail(s ->
          s.fromEmailAddress("welcome@onboard.example")
              .destination(d -> d.toAddresses(to))
              .content(c -> c.simple(m -> m.subject(x -> x.data(subject)).body(body))));
      return subject;
    }
  }
}
