package dev.onboard.local.cloudformation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackDriftInformation;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/**
 * A stack as it is kept.
 *
 * @param target what it is, or is becoming; none while it is only reviewed
 * @param operation what is being done to it, if anything
 */
record StackRecord(
    String id,
    String name,
    StackStatus status,
    @Nullable String reason,
    @Nullable Target target,
    List<OutputValue> outputs,
    @Nullable Operation operation,
    @Nullable String changeSetId,
    long createdAt,
    @Nullable Long updatedAt,
    @Nullable Long deletedAt,
    boolean rollbackDisabled,
    boolean protectedFromDeletion) {

  /** An output with its value. */
  record OutputValue(
      String key, String value, @Nullable String description, @Nullable String exportName) {}

  static StackRecord reviewed(String id, String name, Instant now) {
    return new StackRecord(
        id,
        name,
        StackStatus.REVIEW_IN_PROGRESS,
        "User Initiated",
        null,
        List.of(),
        null,
        null,
        now.toEpochMilli(),
        null,
        null,
        false,
        false);
  }

  StackRecord with(StackStatus status, @Nullable String reason) {
    return new StackRecord(
        id,
        name,
        status,
        reason,
        target,
        outputs,
        operation,
        changeSetId,
        createdAt,
        updatedAt,
        deletedAt,
        rollbackDisabled,
        protectedFromDeletion);
  }

  StackRecord with(@Nullable Operation operation) {
    return new StackRecord(
        id,
        name,
        status,
        reason,
        target,
        outputs,
        operation,
        changeSetId,
        createdAt,
        updatedAt,
        deletedAt,
        rollbackDisabled,
        protectedFromDeletion);
  }

  StackRecord withTarget(@Nullable Target target) {
    return new StackRecord(
        id,
        name,
        status,
        reason,
        target,
        outputs,
        operation,
        changeSetId,
        createdAt,
        updatedAt,
        deletedAt,
        rollbackDisabled,
        protectedFromDeletion);
  }

  StackRecord withOutputs(List<OutputValue> outputs) {
    return new StackRecord(
        id,
        name,
        status,
        reason,
        target,
        outputs,
        operation,
        changeSetId,
        createdAt,
        updatedAt,
        deletedAt,
        rollbackDisabled,
        protectedFromDeletion);
  }

  StackRecord withChangeSet(@Nullable String changeSetId, boolean rollbackDisabled) {
    return new StackRecord(
        id,
        name,
        status,
        reason,
        target,
        outputs,
        operation,
        changeSetId,
        createdAt,
        updatedAt,
        deletedAt,
        rollbackDisabled,
        protectedFromDeletion);
  }

  StackRecord updatedAt(Instant now) {
    return new StackRecord(
        id,
        name,
        status,
        reason,
        target,
        outputs,
        operation,
        changeSetId,
        createdAt,
        now.toEpochMilli(),
        deletedAt,
        rollbackDisabled,
        protectedFromDeletion);
  }

  StackRecord deletedAt(Instant now) {
    return new StackRecord(
        id,
        name,
        status,
        reason,
        target,
        outputs,
        operation,
        changeSetId,
        createdAt,
        updatedAt,
        now.toEpochMilli(),
        rollbackDisabled,
        protectedFromDeletion);
  }

  StackRecord protectedFromDeletion(boolean is) {
    return new StackRecord(
        id,
        name,
        status,
        reason,
        target,
        outputs,
        operation,
        changeSetId,
        createdAt,
        updatedAt,
        deletedAt,
        rollbackDisabled,
        is);
  }

  boolean isLive() {
    return status != StackStatus.DELETE_COMPLETE;
  }

  /** The stack as the API shows it. */
  Stack shown() {
    return Stack.builder()
        .stackId(id)
        .stackName(name)
        .changeSetId(changeSetId)
        .description(target == null ? null : target.description())
        .parameters(target == null ? List.of() : parameters(target))
        .creationTime(Instant.ofEpochMilli(createdAt))
        .lastUpdatedTime(updatedAt == null ? null : Instant.ofEpochMilli(updatedAt))
        .deletionTime(deletedAt == null ? null : Instant.ofEpochMilli(deletedAt))
        .rollbackConfiguration(c -> {})
        .stackStatus(status)
        .stackStatusReason(reason)
        .disableRollback(rollbackDisabled)
        .notificationARNs(List.of())
        .capabilitiesWithStrings(target == null ? List.of() : target.capabilities())
        .outputs(
            outputs.stream()
                .map(o ->
                    software.amazon.awssdk.services.cloudformation.model.Output.builder()
                        .outputKey(o.key())
                        .outputValue(o.value())
                        .description(o.description())
                        .exportName(o.exportName())
                        .build())
                .toList())
        .roleARN(target == null ? null : target.roleArn())
        .tags(
            target == null
                ? List.of()
                : target.tags().entrySet().stream()
                    .map(t -> Tag.builder().key(t.getKey()).value(t.getValue()).build())
                    .toList())
        .enableTerminationProtection(protectedFromDeletion)
        .driftInformation(StackDriftInformation.builder().stackDriftStatus("NOT_CHECKED").build())
        .build();
  }

  static List<Parameter> parameters(Target target) {
    return target.parameters().entrySet().stream()
        .map(p ->
            Parameter.builder()
                .parameterKey(p.getKey())
                .parameterValue(target.hidden().contains(p.getKey()) ? "****" : p.getValue())
                .build())
        .toList();
  }
}
