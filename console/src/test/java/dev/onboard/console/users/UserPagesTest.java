package dev.onboard.console.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.console.PeopleStack;
import dev.onboard.console.RunningConsole;
import dev.onboard.console.stack.UserItem;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The users as a browser gets them. */
class UserPagesTest {
  private static final String ADA = "ada@example.com";

  private RunningConsole console;
  private PeopleStack stack;

  @BeforeEach
  void start(@TempDir Path data) {
    console = RunningConsole.start(data);
    stack = PeopleStack.deploy(console, PeopleStack.NAME);
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void users_withoutAStack_saysHowToGetOne() {
    assertThat(console.page("users?stack=none").select(".empty").text())
        .contains("./onboard deploy");
  }

  @Test
  void users_beforeTheFirst_saysHowToGetSome() {
    assertThat(console.page("users").select(".empty").text())
        .contains("./onboard import", "./onboard publish UserRegistered");
  }

  @Test
  void users_areTold_withWhatMadeThem() {
    stack.user(ADA, "name", "Ada", "importId", "import-1", "row", "7");
    stack.user("bob@example.com", "eventId", "event-1");
    Document page = console.page("users");
    assertThat(page.select("#page [role=status]").text()).isEqualTo("2 users");
    assertThat(row(page, ADA).select("th, td").eachText())
        .containsExactly(ADA, "Ada", "2026-01-31 12:00:00 UTC", "row 7 of an import");
    assertThat(row(page, ADA).select("a").attr("href")).isEqualTo("/_console/users/" + ADA);
    assertThat(row(page, "bob@example.com").text()).contains("registration");
  }

  @Test
  void users_areSearched_byPartsOfAddressAndName() {
    stack.user(ADA, "name", "Augusta King");
    stack.user("bob@example.org", "name", "Bob Martin");
    assertThat(addresses(console.page("users?q=ADA@"))).containsExactly(ADA);
    assertThat(addresses(console.page("users?q=example.org"))).containsExactly("bob@example.org");
    assertThat(addresses(console.page("users?q=King"))).containsExactly(ADA);
    assertThat(console.page("users?q=King").select("input[name=q]").val()).isEqualTo("King");
    assertThat(console.page("users?q=nobody").select(".empty").text())
        .isEqualTo("Nobody like that is in the table.");
  }

  @Test
  void users_ofAnImport_areTheirsAlone() {
    stack.user(ADA, "importId", "import-1");
    stack.user("bob@example.com", "importId", "import-2");
    Document page = console.page("users?import=import-1");
    assertThat(addresses(page)).containsExactly(ADA);
    assertThat(page.select("#page [role=status] a").attr("href"))
        .isEqualTo("/_console/imports/import-1");
    assertThat(page.select("input[name=import]").val()).isEqualTo("import-1");
    assertThat(addresses(console.page("users?import=import-1&q=bob"))).isEmpty();
  }

  @Test
  void users_areManyPages_searchedOrNot() {
    for (int i = 0; i < 120; i++) {
      stack.user("user" + i + "@example.com");
    }
    assertThat(all("users")).hasSize(120).doesNotHaveDuplicates();
    assertThat(all("users?q=user1")).hasSize(31).doesNotHaveDuplicates();
    assertThat(all("users?q=user")).hasSize(120).doesNotHaveDuplicates();
    // Whose whole address was typed comes first, wherever the table has it.
    assertThat(addresses(console.page("users?q=user77@example.com")))
        .containsExactly("user77@example.com");
  }

  @Test
  void user_isShown_asItsItemIs_withMailAndStory() {
    stack.user(ADA, "name", "Ada", "importId", "import-1", "row", "7");
    stack.put(
        "mails",
        PeopleStack.strings(
            "userId",
            UserItem.idOf(ADA),
            "email",
            ADA,
            "eventId",
            "e1",
            "status",
            "SENT",
            "claimedBy",
            "r1",
            "claimedAt",
            "2026-01-31T12:00:01Z",
            "messageId",
            "message-1",
            "outcome",
            "Accepted"));
    // However it is written, it is the same user.
    Document page = console.page("users/Ada@Example.com");
    assertThat(page.select("h1").text()).isEqualTo(ADA);
    assertThat(page.select(".badge.good").text()).isEqualTo("mail sent");
    assertThat(page.select(".facts a").eachAttr("href"))
        .containsExactly(
            "/_console/imports/import-1",
            "/_console/mail/message-1",
            "/_console/story?q=" + ADA,
            "/_console/mail?to=" + ADA);
    assertThat(page.select(".json").text()).containsPattern("\"row\" : \\{\\s+\"N\" : \"7\"");
    assertThat(page.select(".shell code").text())
        .isEqualTo(
            "aws dynamodb get-item --table-name users --key '{\"email\":{\"S\":\"" + ADA + "\"}}'");
  }

  @Test
  void user_withoutMail_isWaitedFor_andAnUndeliverableOneIsMarked() {
    stack.user(ADA);
    assertThat(console.page("users/" + ADA).select(".badge.wait").text()).isEqualTo("no mail yet");
    stack.put(
        "mails",
        PeopleStack.strings("userId", UserItem.idOf(ADA), "email", ADA, "status", "UNDELIVERABLE"));
    assertThat(console.page("users/" + ADA).select(".badge.bad").text()).isEqualTo("undeliverable");
  }

  @Test
  void item_isWritten_asDynamoDbWritesIt() {
    stack.put(
        "users",
        Map.of(
            "email", AttributeValue.fromS(ADA),
            "flag", AttributeValue.fromBool(true),
            "none", AttributeValue.fromNul(true),
            "bytes", AttributeValue.fromB(SdkBytes.fromUtf8String("x")),
            "set", AttributeValue.fromSs(List.of("a")),
            "list", AttributeValue.fromL(List.of(AttributeValue.fromN("1"))),
            "map", AttributeValue.fromM(Map.of("inner", AttributeValue.fromS("b")))));
    assertThat(console.page("users/" + ADA).select(".json").text().replaceAll("\\s", ""))
        .contains("\"flag\":{\"BOOL\":true}")
        .contains("\"none\":{\"NULL\":true}")
        .contains("\"bytes\":{\"B\":\"eA==\"}")
        .contains("\"set\":{\"SS\":[\"a\"]}")
        .contains("\"list\":{\"L\":[{\"N\":\"1\"}]}")
        .contains("\"map\":{\"M\":{\"inner\":{\"S\":\"b\"}}}");
    assertThat(console.page("users/" + ADA).select(".facts").text())
        .contains("the item does not say when");
  }

  @Test
  void user_thatNobodyKnows_isNotFound() {
    HttpResponse<String> answer = console.get("users/nobody@example.com");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("There is no user nobody@example.com.");
  }

  @Test
  void markup_inAName_isShownAsText() {
    String evil = "<img src=x onerror=alert(1)>@example.com";
    stack.user(evil, "name", "<b>Bold</b>");
    Document page = console.page("users");
    assertThat(row(page, evil).select("td").first().text()).isEqualTo("<b>Bold</b>");
    assertThat(page.select("#page img, #page b")).isEmpty();
    Document one = console.page(page.select("tbody a").attr("href"));
    assertThat(one.select("h1").text()).isEqualTo(evil);
    assertThat(one.select("#page img, #page b")).isEmpty();
  }

  private static Element row(Document page, String email) {
    return page.getElementById("user-" + UserItem.idOf(email));
  }

  private static List<String> addresses(Document page) {
    return page.select("tbody th").eachText();
  }

  private List<String> all(String first) {
    var seen = new ArrayList<String>();
    String next = first;
    while (next != null) {
      Document page = console.page(next);
      assertThat(page.select("tbody tr")).hasSizeLessThanOrEqualTo(50);
      seen.addAll(addresses(page));
      Element more = page.selectFirst(".pager a[rel=next]");
      next = more == null ? null : more.attr("href");
    }
    return seen;
  }
}
