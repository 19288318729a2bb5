package dev.onboard.console.rules;

import dev.onboard.console.link.TargetLink;
import dev.onboard.console.web.Links;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.eventbridge.model.RetryPolicy;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** Tells of the targets of a rule: what they are sent, and how often it is tried. */
final class TargetReader {
  private static final int USUAL_ATTEMPTS = 185;
  private static final int USUAL_SECONDS = 86_400;

  private final Links links;

  TargetReader(Links links) {
    this.links = links;
  }

  List<RulePage.Target> of(List<Target> targets) {
    return targets.stream().map(this::target).toList();
  }

  private RulePage.Target target(Target target) {
    String deadLetters = target.deadLetterConfig() == null ? null : target.deadLetterConfig().arn();
    return new RulePage.Target(
        target.id(),
        TargetLink.of(links, target.arn()),
        sends(target),
        made(target),
        retries(target.retryPolicy()),
        deadLetters == null ? null : TargetLink.of(links, deadLetters));
  }

  private static String sends(Target target) {
    if (target.input() != null) {
      return "always the same";
    } else if (target.inputPath() != null) {
      return "only " + target.inputPath();
    }
    return target.inputTransformer() == null ? "the event" : "what a template makes of it";
  }

  private static List<String> made(Target target) {
    if (target.input() != null) {
      return List.of(target.input());
    } else if (target.inputTransformer() == null) {
      return List.of();
    }
    Stream<String> paths =
        target.inputTransformer().inputPathsMap().entrySet().stream()
            .map(p -> "<" + p.getKey() + "> is " + p.getValue());
    return Stream.concat(Stream.of(target.inputTransformer().inputTemplate()), paths).toList();
  }

  private static String retries(RetryPolicy given) {
    int attempts =
        given == null || given.maximumRetryAttempts() == null
            ? USUAL_ATTEMPTS
            : given.maximumRetryAttempts();
    int seconds =
        given == null || given.maximumEventAgeInSeconds() == null
            ? USUAL_SECONDS
            : given.maximumEventAgeInSeconds();
    return attempts == 0
        ? "not tried again"
        : "tried again %d times within %s".formatted(attempts, span(Duration.ofSeconds(seconds)));
  }

  private static String span(Duration span) {
    if (span.toSeconds() % 3600 == 0) {
      return span.toHours() + " h";
    }
    return span.toSeconds() % 60 == 0 ? span.toMinutes() + " min" : span.toSeconds() + " s";
  }
}
