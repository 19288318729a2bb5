package dev.onboard.console.link;

import dev.onboard.console.trail.TargetName;
import dev.onboard.console.web.Link;
import dev.onboard.console.web.Links;
import dev.onboard.console.web.Url;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** The way to the page on which a target is seen. */
public final class TargetLink {
  private static final int PARTS = 6;

  private TargetLink() {}

  /** The name as a way to the target's page. */
  public static Link of(Links links, String arn) {
    return of(links, arn, (type, name) -> name);
  }

  /** The same by the names of a template, as {@link TargetName#of(String, BinaryOperator)}. */
  public static Link of(Links links, String arn, BinaryOperator<String> named) {
    Url page = page(arn);
    String text = TargetName.of(arn, named);
    return page == null ? new Link(text, null) : links.link(text, page);
  }

  /** The page of a rule by its ARN; the default bus is not named in it. */
  public static Url rule(String arn) {
    String[] parts = arn.split("/");
    return Url.of(
        "rules", parts.length > 2 ? parts[parts.length - 2] : "default", parts[parts.length - 1]);
  }

  /** The page of a target; null if it has none. */
  private static @Nullable Url page(String arn) {
    String[] parts = arn.split(":", PARTS);
    if (parts.length < PARTS) {
      return null;
    }
    String resource = parts[PARTS - 1];
    return switch (parts[2]) {
      case "lambda" -> Url.of("logs", "/aws/lambda/" + TargetName.function(resource));
      case "sqs" -> Url.of("queues", resource);
      case "states" -> Url.of(TargetName.isExecution(resource) ? "executions" : "machines", arn);
      case "logs" -> Url.of("logs", TargetName.logGroup(resource));
      case "events" -> ofEvents(arn, resource);
      case "schemas" -> Url.of("schemas", "discovered-schemas");
      default -> null;
    };
  }

  private static @Nullable Url ofEvents(String arn, String resource) {
    if (resource.startsWith("rule/")) {
      return rule(arn);
    }
    return resource.startsWith("event-bus/")
        ? Url.of("rules").with("bus", resource.substring("event-bus/".length()))
        : null;
  }
}
