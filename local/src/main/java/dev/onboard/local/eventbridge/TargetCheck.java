package dev.onboard.local.eventbridge;

import dev.onboard.local.eventbridge.Channels.Kind;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.InputTransformer;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** What PutTargets refuses. */
final class TargetCheck {
  private final Names names;

  TargetCheck(Names names) {
    this.names = names;
  }

  void all(List<Target> targets) {
    constraints(targets);
    var ids = new HashSet<String>();
    for (Target target : targets) {
      if (!ids.add(target.id())) {
        throw EventErrors.validation("Target id " + target.id() + " must not be given twice.");
      }
      kind(target);
      parameters(target);
      input(target);
    }
  }

  private static void constraints(List<Target> targets) {
    var constraints = new Constraints();
    for (int i = 0; i < targets.size(); i++) {
      Target target = targets.get(i);
      String path = "targets." + (i + 1) + ".member.";
      constraints
          .required(path + "id", target.id())
          .required(path + "arn", target.arn())
          .name(path + "id", target.id(), 64)
          .length(path + "arn", target.arn(), 1, 1600)
          .length(path + "roleArn", target.roleArn(), 1, 1600)
          .length(path + "input", target.input(), 0, Limits.INPUT_LENGTH)
          .length(path + "inputPath", target.inputPath(), 0, 256);
      if (target.retryPolicy() != null) {
        constraints
            .range(
                path + "retryPolicy.maximumRetryAttempts",
                target.retryPolicy().maximumRetryAttempts(),
                0,
                Limits.RETRIES)
            .range(
                path + "retryPolicy.maximumEventAgeInSeconds",
                target.retryPolicy().maximumEventAgeInSeconds(),
                60,
                (int) Limits.RETRY_AGE.toSeconds());
      }
      if (target.deadLetterConfig() != null) {
        constraints.length(path + "deadLetterConfig.arn", target.deadLetterConfig().arn(), 1, 1600);
      }
      if (target.inputTransformer() != null) {
        constraints
            .required(
                path + "inputTransformer.inputTemplate", target.inputTransformer().inputTemplate())
            .length(
                path + "inputTransformer.inputTemplate",
                target.inputTransformer().inputTemplate(),
                1,
                Limits.INPUT_LENGTH);
      }
    }
    constraints.check();
  }

  private void kind(Target target) {
    String arn = target.arn();
    if (!arn.startsWith("arn:") || arn.split(":", 6).length < 6) {
      throw EventErrors.validation(
          "Parameter " + arn + " is not valid. Reason: Provided Arn is not in correct format.");
    }
    if (!names.isHere(arn)) {
      throw EventErrors.unsupported(
          "PutTargets", "a target of another account or region, " + arn + ",");
    }
    Kind kind = Kind.of(arn);
    if (kind == Kind.OTHER || (kind == Kind.DISCOVERER && Rules.manager() == null)) {
      throw EventErrors.unsupported("PutTargets", "a target " + arn);
    }
    if ((kind == Kind.STATE_MACHINE || kind == Kind.API_DESTINATION) && target.roleArn() == null) {
      throw EventErrors.validation("RoleArn is required for target " + arn + ".");
    }
    if (target.deadLetterConfig() != null && target.deadLetterConfig().arn() != null) {
      String queue = target.deadLetterConfig().arn();
      if (Kind.of(queue) != Kind.QUEUE || queue.endsWith(".fifo")) {
        throw EventErrors.validation(
            "Parameter DeadLetterConfig.Arn is not valid. Reason: "
                + queue
                + " must be the ARN of a standard SQS queue.");
      }
    }
    if (kind == Kind.BUS
        && Stream.of(target.input(), target.inputPath(), target.inputTransformer())
            .anyMatch(o -> o != null)) {
      throw EventErrors.unsupported(
          "PutTargets", "Input, InputPath or InputTransformer for an event bus");
    }
  }

  private static void parameters(Target target) {
    var unsupported = new LinkedHashMap<String, @Nullable Object>();
    unsupported.put("KinesisParameters", target.kinesisParameters());
    unsupported.put("RunCommandParameters", target.runCommandParameters());
    unsupported.put("EcsParameters", target.ecsParameters());
    unsupported.put("BatchParameters", target.batchParameters());
    unsupported.put("RedshiftDataParameters", target.redshiftDataParameters());
    unsupported.put("SageMakerPipelineParameters", target.sageMakerPipelineParameters());
    unsupported.put("AppSyncParameters", target.appSyncParameters());
    unsupported.forEach((name, value) -> {
      if (value != null) {
        throw EventErrors.unsupported("PutTargets", name);
      }
    });
    if (target.httpParameters() != null && Kind.of(target.arn()) != Kind.API_DESTINATION) {
      throw EventErrors.validation(
          "Parameter(s) HttpParameters not valid for target: " + target.id() + ".");
    }
    boolean group =
        target.sqsParameters() != null && target.sqsParameters().messageGroupId() != null;
    if (Kind.isFifoQueue(target) && !group) {
      throw EventErrors.validation(
          "Parameter(s) "
              + (target.sqsParameters() == null ? "SqsParameters" : "MessageGroupId")
              + " must be specified for target: "
              + target.id()
              + ".");
    }
    if (group && Kind.of(target.arn()) != Kind.QUEUE) {
      throw EventErrors.validation(
          "Parameter(s) SqsParameters not valid for target: " + target.id() + ".");
    }
  }

  static void input(Target target) {
    long given =
        Stream.of(target.input(), target.inputPath(), target.inputTransformer())
            .filter(o -> o != null)
            .count();
    if (given > 1) {
      throw EventErrors.validation(
          "Only one of Input, InputPath, or InputTransformer must be provided for target "
              + target.id()
              + ".");
    }
    if (target.input() != null && !Details.isJson(target.input())) {
      throw EventErrors.validation("JSON syntax error in input for target " + target.id() + ".");
    }
    if (target.inputPath() != null && Input.pathOrNull(target.inputPath()) == null) {
      throw EventErrors.validation(
          "Parameter InputPath for target " + target.id() + " is not valid.");
    }
    if (target.inputTransformer() != null) {
      transformer(target.id(), target.inputTransformer());
    }
  }

  private static void transformer(String id, InputTransformer transformer) {
    if (transformer.inputPathsMap().size() > Limits.INPUT_PATHS) {
      throw EventErrors.validation(
          "InputPathsMap for target "
              + id
              + " must have at most "
              + Limits.INPUT_PATHS
              + " paths.");
    }
    transformer
        .inputPathsMap()
        .forEach((name, path) -> {
          if (name.regionMatches(true, 0, "AWS", 0, 3)) {
            throw EventErrors.validation(
                "InputPathsMap for target " + id + " contains the reserved key " + name + ".");
          }
          if (Input.pathOrNull(path) == null) {
            throw EventErrors.validation(
                "InputPathsMap for target " + id + " contains the invalid path " + path + ".");
          }
        });
    InputTemplate.undefinedPlaceholder(transformer)
        .ifPresent(placeholder -> {
          throw EventErrors.validation(
              "InputTemplate for target "
                  + id
                  + " contains invalid placeholder "
                  + placeholder
                  + ".");
        });
  }
}
