package dev.onboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClientBuilder;
import software.amazon.awssdk.services.eventbridge.model.Rule;

/** How a person looks at the bus: its events, its rules and the schemas of both. */
@ExtendWith(InBrowser.class)
class BusInBrowserTest {
  private static final String BUS = "onboard-dev";
  private static final String KIND = "onboard-dev/onboard.users@UserRegistered-v1";

  @Test
  void eventFromTheForm_isPublished_andItsVerdictsAreSeen(Visitor visitor) {
    Page page = visitor.open("events/publish");
    page.getByLabel("Of the kind").selectOption(KIND);
    assertThat(page).hasURL(Pattern.compile("kind=onboard-dev"));
    visitor.check(page);
    page.getByText("Publish", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.locator("[role=alert]")).containsText("does not fit its schema yet");
    assertThat(field(page, "email").locator(".bad").first()).isVisible();
    visitor.check(page);

    field(page, "email").locator("input").fill("form@example.com");
    page.getByText("Publish", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.locator("h1")).hasText("UserRegistered");
    assertThat(page.locator(".json")).containsText("form@example.com");
    assertThat(page.locator("tbody")).containsText("UserRegisteredRule");

    page.locator(".tabs").getByText("What the rules say").click();
    Locator taken = page.locator(".verdict", containing("UserRegisteredRule"));
    assertThat(taken.locator(".badge")).hasText("yes");
    assertThat(page.locator(".verdicts")).containsText("detail-type is \"UserRegistered\"");
    visitor.check(page);

    page.locator(".tabs").getByText("What it caused").click();
    assertThat(page.locator(".tree.top")).containsText("UserCreated");
    assertThat(page.locator(".tree.top")).containsText("Email Sent");
    assertThat(page.locator("#page [role=status]")).containsText("all is done");
    visitor.check(page);
  }

  @Test
  void sandbox_saysWhyWhileOneTypes(Visitor visitor) {
    Page page = visitor.open("rules/try");
    page.getByLabel("Event", exactly())
        .fill("{\"source\": \"shop\", \"detail-type\": \"Ordered\", \"detail\": {\"size\": 3}}");
    page.getByLabel("Pattern", exactly()).fill("{\"detail\": {\"size\": [\"3\"]}}");
    assertThat(page.locator("#verdict")).hasText("The event does not match");
    assertThat(page.locator(".findings")).containsText("is 3");
    visitor.check(page);
    page.getByLabel("Pattern", exactly()).fill("{\"detail\": {\"size\": [3");
    assertThat(page.locator("#verdict")).hasText("The pattern cannot be read");
    page.keyboard().type("]}}");
    assertThat(page.locator("#verdict")).hasText("The event matches");
    assertThat(page.getByLabel("Pattern", exactly())).isFocused();
    page.reload();
    assertThat(page.locator("#verdict")).hasText("The event matches");
  }

  @Test
  void tail_showsWhatThePatternMatches_asItComes(Visitor visitor) {
    Page page = visitor.open("events");
    page.locator("details.pattern summary").click();
    page.getByLabel("Event pattern").fill("{\"source\": [\"tail\"]}");
    assertThat(page.locator(".empty")).hasText(Pattern.compile("No such event"));
    assertThat(page.locator("#live")).hasAttribute("data-state", "on");
    try (EventBridgeClient events = events(visitor)) {
      for (String source : List.of("tail", "another")) {
        events.putEvents(p ->
            p.entries(e ->
                e.eventBusName(BUS)
                    .source(source)
                    .detailType("Seen")
                    .detail("{\"name\": \"<b>" + source + "</b>\"}")));
      }
    }
    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(page.locator("tbody tr")).containsText("<b>tail</b>");
    page.locator("tbody a").click();
    assertThat(page.locator("h1")).hasText("Seen");
  }

  @ParameterizedTest
  @EnumSource
  void rulesAndSchemas_onEveryScreen_canBeRead(Look look, Visitor visitor) {
    String rule = rule(visitor);
    Page page = visitor.open("rules", look);
    page.getByText(rule).first().click();
    assertThat(page.locator("h1")).hasText(rule);
    assertThat(page.locator(".chart").first()).isVisible();
    visitor.check(page);
    visitor.screenshot(page, "rule", look);
    page.locator(".tabs").getByText("Near misses").click();
    assertThat(page.locator(".tabs [aria-current]")).hasText("Near misses");
    visitor.check(page);
    page.getByText("try it").click();
    assertThat(page.locator("h1")).hasText("Pattern sandbox");
    visitor.check(page);
    visitor.screenshot(page, "sandbox", look);
    page.navigate(visitor.address("events/publish?kind=" + KIND));
    visitor.check(page);
    visitor.screenshot(page, "publish", look);
    page.navigate(visitor.address("events/archives?archive=" + BUS));
    visitor.check(page);
    for (String tab : List.of("fields", "changes", "java")) {
      page.navigate(visitor.address("schemas/" + KIND + "?show=" + tab));
      visitor.check(page);
    }
  }

  private static String rule(Visitor visitor) {
    try (EventBridgeClient events = events(visitor)) {
      return events.listRules(l -> l.eventBusName(BUS)).rules().stream()
          .map(Rule::name)
          .filter(n -> n.contains("UserRegistered"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static EventBridgeClient events(Visitor visitor) {
    return visitor
        .onboard()
        .<EventBridgeClient, EventBridgeClientBuilder>client(EventBridgeClient.builder());
  }

  private static Locator field(Page page, String label) {
    return page.locator(".field", containing(label)).first();
  }

  private static Page.LocatorOptions containing(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  private static Page.GetByLabelOptions exactly() {
    return new Page.GetByLabelOptions().setExact(true);
  }
}
