package dev.onboard.local.cloudformation;

import dev.onboard.local.wire.SdkJson;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetSummary;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.ExecutionStatus;

/**
 * A change set as it is kept.
 *
 * @param description how the API describes it, as JSON
 * @param target what executing it makes of the stack; none if it failed
 */
record ChangeSetRecord(
    String id,
    String name,
    String stackId,
    boolean creates,
    String description,
    @Nullable Target target,
    @Nullable String onFailure) {

  DescribeChangeSetResponse shown() {
    return SdkJson.read(DescribeChangeSetResponse.class, description);
  }

  ChangeSetRecord shownAs(DescribeChangeSetResponse answer) {
    return new ChangeSetRecord(
        id, name, stackId, creates, SdkJson.write(answer), target, onFailure);
  }

  ChangeSetRecord executed() {
    return shownAs(shown().toBuilder().executionStatus(ExecutionStatus.EXECUTE_COMPLETE).build());
  }

  boolean isExecutable() {
    return shown().status() == ChangeSetStatus.CREATE_COMPLETE
        && shown().executionStatus() == ExecutionStatus.AVAILABLE;
  }

  boolean isExecuted() {
    return shown().executionStatus() == ExecutionStatus.EXECUTE_COMPLETE;
  }

  ChangeSetSummary summary() {
    DescribeChangeSetResponse shown = shown();
    return ChangeSetSummary.builder()
        .changeSetId(id)
        .changeSetName(name)
        .stackId(stackId)
        .stackName(shown.stackName())
        .creationTime(shown.creationTime())
        .description(shown.description())
        .status(shown.status())
        .statusReason(shown.statusReason())
        .executionStatus(shown.executionStatus())
        .includeNestedStacks(false)
        .build();
  }
}
