package dev.onboard.console.link;

import dev.onboard.console.trail.TargetName;
import dev.onboard.console.web.Link;
import dev.onboard.console.web.Links;
import dev.onboard.console.web.Url;
import org.jspecify.annotations.Nullable;

/** The way to the page on which a target is seen. */
public final class TargetLink {
  private static final int PARTS = 6;

  private TargetLink() {}

  /** The name as a way to the target's page. */
  public static Link of(Links links, String arn) {
    Url page = page(arn);
    return page == null ? new Link(TargetName.of(arn), null) : links.link(TargetName.of(arn), page);
  }

  /** The page of a target; null if it has none. */
  private static @Nullable Url page(String arn) {
    String[] parts = arn.split(":", PARTS);
    return parts.length < PARTS
        ? null
        : switch (parts[2]) {
          case "lambda" -> Url.of("logs", "/aws/lambda/" + TargetName.function(parts[5]));
          case "sqs" -> Url.of("queues", parts[5]);
          case "states" -> Url.of("machines", arn);
          case "logs" -> Url.of("logs", TargetName.logGroup(parts[5]));
          case "events" ->
              parts[5].startsWith("event-bus/")
                  ? Url.of("rules").with("bus", parts[5].substring("event-bus/".length()))
                  : null;
          case "schemas" -> Url.of("schemas", "discovered-schemas");
          default -> null;
        };
  }
}
