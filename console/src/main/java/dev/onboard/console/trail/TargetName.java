package dev.onboard.console.trail;

/** What a target is called by those who know it. */
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

  /** A function's name, of the end of its ARN, without version or alias. */
  public static String function(String resource) {
    return resource.replaceFirst("^function:", "").replaceFirst(":.*", "");
  }

  /** A log group's name, of the end of its ARN. */
  public static String logGroup(String resource) {
    return resource.replaceFirst("^log-group:", "").replaceFirst(":\\*$", "");
  }
}
