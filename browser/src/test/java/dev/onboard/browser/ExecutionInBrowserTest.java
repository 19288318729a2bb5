package dev.onboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.IamClientBuilder;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.SfnClientBuilder;

/** How a person finds out what an execution did. */
@ExtendWith(InBrowser.class)
class ExecutionInBrowserTest {
  private static final Path USERS = Path.of("../examples/users.csv");

  /** Of five rows, the third does not get through. */
  private static final String STUMBLES =
      """
      {"QueryLanguage": "JSONata", "StartAt": "Rows", "States": {
        "Rows": {"Type": "Map", "Label": "Rows", "Items": "{% [1..5] %}", "MaxConcurrency": 1,
          "ItemBatcher": {"MaxItemsPerBatch": 1},
          "ItemProcessor": {
            "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
            "StartAt": "Readable?", "States": {
              "Readable?": {"Type": "Choice", "Default": "Done", "Choices": [
                {"Condition": "{% $states.input.Items[0] = 3 %}", "Next": "Unreadable"}]},
              "Done": {"Type": "Succeed"},
              "Unreadable": {"Type": "Fail", "Error": "RowUnreadable",
                "Cause": "Nobody can read <b>this</b> row."}}},
          "End": true}}}
      """;

  private static final String WAITS =
      """
      {"StartAt": "Wait for it", "States": {
        "Wait for it": {"Type": "Wait", "Seconds": 86000, "End": true}}}
      """;

  private static final String ALLOWED =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", %s}]}
      """;

  @ParameterizedTest
  @EnumSource
  void failedChild_isFound_withItsInputAndError(Look look, Visitor visitor) {
    start(visitor, "stumbles-" + look.slug(), STUMBLES);
    Page page = visitor.open("executions?name=stumbles-" + look.slug(), look);
    assertThat(page.locator("tbody .badge")).hasText("failed");
    visitor.check(page);
    visitor.screenshot(page, "executions", look);

    page.locator("tbody a").first().click();
    assertThat(page.locator(".boosted > .problem")).containsText("ExceedToleratedFailureThreshold");
    assertThat(page.locator(".node.bad.frame")).containsText("1 of");
    visitor.check(page);
    visitor.screenshot(page, "execution", look);

    page.locator("section.run tbody a").first().click();
    assertThat(page.locator(".problem").first())
        .containsText("RowUnreadable Nobody can read <b>this</b> row.");
    assertThat(page.locator("#panel .data").first()).containsText("\"Items\" : [ 3 ]");
    visitor.check(page);

    page.getByRole(
            AriaRole.LINK,
            new Page.GetByRoleOptions().setName("stumbles-" + look.slug() + "/Rows:"))
        .click();
    assertThat(page.locator(".tabs")).containsText("1 failed");
    visitor.check(page);
    visitor.screenshot(page, "map-run", look);
  }

  @Test
  void runningExecution_isFollowed_andStoppedByHand(Visitor visitor) {
    start(visitor, "waits", WAITS);
    Page page = visitor.open("executions?name=waits");
    page.locator("tbody a").first().click();
    Locator state = page.locator(".node", new Page.LocatorOptions().setHasText("Wait for it"));
    assertThat(state).hasClass(Pattern.compile("busy"));
    assertThat(page.locator("#live")).hasAttribute("data-state", "on");
    page.getByText("Stop it").click();
    page.getByLabel("Error").fill("Enough");
    page.getByLabel("Cause").fill("It takes too long.");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Stop").setExact(true))
        .click();
    assertThat(page.locator(".head .badge")).hasText("aborted");
    assertThat(page.locator(".problem").first()).containsText("Enough It takes too long.");
    visitor.check(page);
  }

  @Test
  void execution_isFollowedToItsEnd(Visitor visitor) {
    String execution = start(visitor, "followed", WAITS);
    Page page = visitor.open("executions/" + execution);
    Locator state = page.locator(".node", new Page.LocatorOptions().setHasText("Wait for it"));
    assertThat(state).hasClass(Pattern.compile("busy"));
    assertThat(page.locator("#live")).hasAttribute("data-state", "on");
    try (SfnClient sfn =
        visitor.onboard().<SfnClient, SfnClientBuilder>client(SfnClient.builder())) {
      sfn.stopExecution(s -> s.executionArn(execution).error("Enough"));
    }
    assertThat(state).hasClass(Pattern.compile("bad"));
    assertThat(page.locator(".problem").first()).containsText("Enough");
    assertThat(page.locator("#live")).isHidden();
  }

  @Test
  void stateInThePicture_isLookedAt_andHasAnAddress(Visitor visitor) {
    visitor.onboard().run("import", USERS.toString());
    Page page = visitor.open("executions?status=SUCCEEDED");
    page.locator("tbody a", new Page.LocatorOptions().setHasText("-")).first().click();
    page.locator("a.node", new Page.LocatorOptions().setHasText("Inspect upload")).click();
    assertThat(page.locator("#panel h2")).hasText("Inspect upload succeeded");
    assertThat(page.locator("#panel")).containsText("\"verdict\" : \"ACCEPTED\"");
    visitor.check(page);
    assertThat(page).hasURL(Pattern.compile("state=Inspect%20upload"));
    page.getByLabel("History").getByText("Events").click();
    assertThat(page.locator(".events")).containsText("ExecutionStarted");
    assertThat(page.locator("#panel h2")).hasText("Inspect upload succeeded");
    page.reload();
    assertThat(page.locator(".events")).containsText("ExecutionStarted");
    page.goBack();
    assertThat(page.locator(".timeline")).containsText("Import rows");
  }

  /** Starts an execution, the name of which is its state machine's; answers with its ARN. */
  private static String start(Visitor visitor, String name, String definition) {
    try (IamClient iam =
            visitor.onboard().<IamClient, IamClientBuilder>client(IamClient.builder());
        SfnClient sfn =
            visitor.onboard().<SfnClient, SfnClientBuilder>client(SfnClient.builder())) {
      String trusted =
          "\"Principal\": {\"Service\": \"states.amazonaws.com\"}, \"Action\": \"sts:AssumeRole\"";
      String role =
          iam.createRole(c -> c.roleName(name).assumeRolePolicyDocument(ALLOWED.formatted(trusted)))
              .role()
              .arn();
      iam.putRolePolicy(p ->
          p.roleName(name)
              .policyName("all")
              .policyDocument(ALLOWED.formatted("\"Action\": \"*\", \"Resource\": \"*\"")));
      String machine =
          sfn.createStateMachine(c -> c.name(name).roleArn(role).definition(definition))
              .stateMachineArn();
      return sfn.startExecution(s -> s.stateMachineArn(machine).name(name).input("{}"))
          .executionArn();
    }
  }
}
