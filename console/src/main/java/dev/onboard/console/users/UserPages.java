package dev.onboard.console.users;

import dev.onboard.console.stack.MailItem;
import dev.onboard.console.stack.Stack;
import dev.onboard.console.stack.UserItem;
import dev.onboard.console.web.Answer;
import dev.onboard.console.web.Command;
import dev.onboard.console.web.Environment;
import dev.onboard.console.web.Link;
import dev.onboard.console.web.Pages;
import dev.onboard.console.web.Refusal;
import dev.onboard.console.web.Request;
import dev.onboard.console.web.Routes;
import dev.onboard.console.web.Url;
import dev.onboard.console.web.View;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The users, searched and paged through, and a page for each. */
public final class UserPages implements Pages {
  private static final int PAGE = 50;
  private static final String USERS = "users";

  private final Environment env;

  public UserPages(Environment env) {
    this.env = env;
  }

  @Override
  public void addTo(Routes routes) {
    routes.get("users", this::users);
    routes.get("users/{key}", this::user);
  }

  private DynamoDbClient dynamoDb() {
    return env.sdk().client(DynamoDbClient.class);
  }

  private Optional<Stack> stack(Request request) {
    String name = request.parameter("stack");
    return Stack.find(
        env.sdk().client(CloudFormationClient.class), name == null ? Stack.USUAL_NAME : name);
  }

  /** An address that stays with the stack. */
  private static Url here(Request request, String... segments) {
    return Url.of(segments).with("stack", request.parameter("stack"));
  }

  // ------------------------------------------------------------------ the list
  private Answer users(Request request) {
    Stack stack = stack(request).orElse(null);
    if (stack == null) {
      return View.of("Users", "users/none.jte", Command.onboard("deploy")).live();
    }
    String table = stack.output("UsersTableName");
    var search = new UserSearch(request.parameter("q"), request.parameter("import"));
    String after = request.parameter("after");
    UserSearch.Found found = search.run(dynamoDb(), table, after, PAGE);
    Url here = here(request, USERS).with("q", search.text()).with("import", search.importId());
    var page =
        new UsersPage(
            rows(found.users(), search, after, stack, request),
            dynamoDb().describeTable(d -> d.tableName(table)).table().itemCount(),
            search.text(),
            search.importId(),
            request.parameter("stack"),
            found.lookedAt(),
            after == null ? null : here.toString(),
            found.next() == null ? null : here.with("after", found.next()).toString(),
            List.of(
                Command.onboard("import", "examples/users.csv"),
                Command.onboard(
                    "publish", "UserRegistered", "--set", "data.email=ada@example.com")));
    return View.of("Users", "users/users.jte", page).live();
  }

  /** Those who were found; the one whose whole address was typed comes first, found at once. */
  private List<UsersPage.Row> rows(
      List<UserItem> found,
      UserSearch search,
      @Nullable String after,
      Stack stack,
      Request request) {
    var users = new ArrayList<>(found);
    if (search.text() != null && search.importId() == null && after == null) {
      UserItem.find(dynamoDb(), stack, UserItem.keyOf(search.text()))
          .ifPresent(exact -> {
            users.removeIf(u -> u.email().equals(exact.email()));
            users.addFirst(exact);
          });
    }
    return users.stream()
        .map(u ->
            new UsersPage.Row(
                u, here(request, USERS, u.email()).toString(), created(u), origin(u, request)))
        .toList();
  }

  private static @Nullable Instant created(UserItem user) {
    try {
      return Instant.parse(user.createdAt());
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** What made a user, as the item tells: a row of an import, or a registration. */
  private Link origin(UserItem user, Request request) {
    if (user.importId() != null) {
      String row = user.row() == null ? "import" : "row " + user.row() + " of an import";
      return env.links().link(row, here(request, "imports", user.importId()));
    } else if (user.eventId() != null) {
      return env.links().link("registration", here(request, "story").with("q", user.eventId()));
    }
    return new Link("", null);
  }

  // ------------------------------------------------------------------ one user
  private Answer user(Request request) {
    Stack stack =
        stack(request)
            .orElseThrow(() -> Refusal.notFound("There is no stack that could have users."));
    String table = stack.output("UsersTableName");
    String key = UserItem.keyOf(request.variable("key"));
    Map<String, AttributeValue> keys = Map.of("email", AttributeValue.fromS(key));
    Map<String, AttributeValue> item =
        dynamoDb().getItem(g -> g.tableName(table).key(keys).consistentRead(true)).item();
    if (item.isEmpty()) {
      throw Refusal.notFound("There is no user " + key + ".");
    }
    UserItem user = UserItem.of(item);
    MailItem mail = MailItem.find(dynamoDb(), stack, user.userId()).orElse(null);
    var page =
        new UserPage(
            user,
            created(user),
            origin(user, request),
            mail,
            mail == null || mail.messageId() == null
                ? null
                : env.links().link(mail.messageId(), Url.of("mail", mail.messageId())),
            Stream.of(
                    env.links().link("the story", here(request, "story").with("q", key)),
                    env.links().link("all mail to " + key, Url.of("mail").with("to", key)))
                .filter(l -> l.href() != null)
                .toList(),
            ItemJson.of(item),
            Command.aws(
                "dynamodb",
                "get-item",
                "--table-name",
                table,
                "--key",
                ItemJson.of(keys).toString()));
    return View.of(key, "users/user.jte", page).live();
  }
}
