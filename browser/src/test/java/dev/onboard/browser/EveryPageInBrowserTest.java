package dev.onboard.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every page of the navigation, and that a visitor notices what does not. */
@ExtendWith(InBrowser.class)
class EveryPageInBrowserTest {

  @ParameterizedTest
  @EnumSource
  void everyPage_onEveryScreen_canBeUsed(Look look, Visitor visitor) {
    Page page = visitor.open("mail", look);
    for (Object address : addresses(page)) {
      page.navigate(address.toString());
      assertThat(page.locator("h1").count()).as("headings of " + address).isEqualTo(1);
      visitor.check(page);
      assertThat(visitor.weight(page)).as("bytes of " + address).isBetween(10_000L, 300_000L);
    }
  }

  @Test
  void whatIsForbidden_isNoticed(Visitor visitor) {
    Page page = visitor.open("mail");
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">red</p>')");
    page.evaluate("fetch('http://127.0.0.1:1/').catch(() => null)");
    assertThatThrownBy(visitor::close)
        .hasMessageContaining("inline style")
        .hasMessageContaining("connect-src");
    visitor.expectFault("style|connect|another host");
  }

  @Test
  void whatSomebodyCannotUse_isNoticed(Visitor visitor) {
    Page page = visitor.open("mail");
    // What is live would be put right again.
    page.locator("#live").click();
    page.evaluate("document.querySelector('label').remove()");
    page.locator("#to").evaluate("e => e.removeAttribute('placeholder')");
    assertThatThrownBy(() -> visitor.check(page)).hasMessageContaining("label");
  }

  private static List<?> addresses(Page page) {
    List<?> addresses =
        (List<?>) page.evaluate("[...document.querySelectorAll('nav li a')].map(a => a.href)");
    assertThat(addresses).isNotEmpty();
    return addresses;
  }
}
