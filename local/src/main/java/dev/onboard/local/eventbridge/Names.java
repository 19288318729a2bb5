package dev.onboard.local.eventbridge;

import dev.onboard.local.call.Environment;
import org.jspecify.annotations.Nullable;

/** Names and ARNs of what the service has. */
final class Names {
  static final String DEFAULT_BUS = "default";

  private final Environment env;

  Names(Environment env) {
    this.env = env;
  }

  String account() {
    return env.account();
  }

  String region() {
    return env.region();
  }

  String busArn(String bus) {
    return env.arn("events", "event-bus/" + bus);
  }

  String ruleArn(String bus, String rule) {
    return env.arn("events", "rule/" + (bus.equals(DEFAULT_BUS) ? "" : bus + "/") + rule);
  }

  String archiveArn(String archive) {
    return env.arn("events", "archive/" + archive);
  }

  String replayArn(String replay) {
    return env.arn("events", "replay/" + replay);
  }

  String connectionArn(String connection, String id) {
    return env.arn("events", "connection/" + connection + "/" + id);
  }

  String destinationArn(String destination, String id) {
    return env.arn("events", "api-destination/" + destination + "/" + id);
  }

  /** Whether an ARN is one of this account and region. */
  boolean isHere(String arn) {
    String[] parts = arn.split(":", 6);
    return parts[3].equals(env.region()) && parts[4].equals(env.account());
  }

  /** The name of the bus that a request means, which may give its name, its ARN or nothing. */
  String bus(@Nullable String nameOrArn) {
    if (nameOrArn == null) {
      return DEFAULT_BUS;
    }
    if (!nameOrArn.startsWith("arn:")) {
      return nameOrArn;
    }
    String name = ofArn(nameOrArn, "event-bus/");
    if (name == null) {
      throw EventErrors.noBus(nameOrArn.substring(nameOrArn.indexOf('/') + 1));
    }
    return name;
  }

  /** The part of an ARN of this account and region behind a kind, null if it is another's. */
  @Nullable String ofArn(String arn, String kind) {
    String prefix = env.arn("events", kind);
    return arn.startsWith(prefix) && arn.length() > prefix.length()
        ? arn.substring(prefix.length())
        : null;
  }

  /** The bus and the rule of a rule's ARN, null if it is none of this account and region. */
  @Nullable RuleName ruleOfArn(String arn) {
    String path = ofArn(arn, "rule/");
    if (path == null) {
      return null;
    }
    int slash = path.lastIndexOf('/');
    return slash < 0
        ? new RuleName(DEFAULT_BUS, path)
        : new RuleName(path.substring(0, slash), path.substring(slash + 1));
  }

  /** A rule by its bus and its name. */
  record RuleName(String bus, String rule) {}
}
