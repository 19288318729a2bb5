package dev.onboard.console.trail;

import dev.onboard.console.web.Link;
import dev.onboard.console.web.Links;
import dev.onboard.console.web.Url;
import org.jspecify.annotations.Nullable;

/** What a target is called by those who know it, and the page on which it is seen. */
public final class TargetName {
  private static final int PARTS = 6;

  private TargetName() {}

  /** The end of an ARN that a person knows the thing by: {@code queue orders}. */
  public static String of(String arn) {
    String[] parts = arn.split(":", PARTS);
    return parts.length < PARTS
        ? arn
        : switch (parts[2]) {
          case "lambda" -> "function " + function(parts[5]);
          case "sqs" -> "queue " + parts[5];
          case "sns" -> "topic " + parts[5];
          case "states" -> "workflow " + parts[5].replaceFirst("^stateMachine:", "");
          case "logs" -> "log group " + logGroup(parts[5]);
          case "events" ->
              parts[5]
                  .replaceFirst("^event-bus/", "bus ")
                  .replaceFirst("^api-destination/([^/]+).*", "API destination $1");
          case "schemas" -> parts[5].replaceFirst("^discoverer/", "schema discoverer ");
          default -> arn;
        };
  }

  /** The name as a way to the target's page. */
  public static Link link(Links links, String arn) {
    Url page = page(arn);
    return page == null ? new Link(of(arn), null) : links.link(of(arn), page);
  }

  /** The page of a target; null if it has none. */
  private static @Nullable Url page(String arn) {
    String[] parts = arn.split(":", PARTS);
    return parts.length < PARTS
        ? null
        : switch (parts[2]) {
          case "lambda" -> Url.of("logs", "/aws/lambda/" + function(parts[5]));
          case "sqs" -> Url.of("queues", parts[5]);
          case "states" -> Url.of("machines", arn);
          case "logs" -> Url.of("logs", logGroup(parts[5]));
          case "events" ->
              parts[5].startsWith("event-bus/")
                  ? Url.of("rules").with("bus", parts[5].substring("event-bus/".length()))
                  : null;
          case "schemas" -> Url.of("schemas", "discovered-schemas");
          default -> null;
        };
  }

  /** Without version or alias. */
  private static String function(String resource) {
    return resource.replaceFirst("^function:", "").replaceFirst(":.*", "");
  }

  private static String logGroup(String resource) {
    return resource.replaceFirst("^log-group:", "").replaceFirst(":\\*$", "");
  }
}
