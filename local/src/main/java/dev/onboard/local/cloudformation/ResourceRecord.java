package dev.onboard.local.cloudformation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.cloudformation.provider.Physical;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;

/**
 * A resource of a stack as it is kept.
 *
 * @param properties as they were when it was last created or updated, in canonical form
 * @param dependencies the resources that it must be deleted before
 * @param operation the operation that touched it last
 * @param progress how far that operation came with it
 * @param before what it was before that operation, to go back to
 */
record ResourceRecord(
    String logicalId,
    @Nullable String physicalId,
    String type,
    ResourceStatus status,
    @Nullable String reason,
    long at,
    ObjectNode properties,
    Map<String, String> attributes,
    DeletionPolicy deletionPolicy,
    DeletionPolicy replacePolicy,
    List<String> dependencies,
    String operation,
    Progress progress,
    @Nullable ResourceRecord before) {

  /** How far an operation came with a resource. */
  enum Progress {
    UNCHANGED,
    CREATING,
    CREATED,
    UPDATING,
    UPDATED,
    REPLACING,
    REPLACED,
    FAILED,
    RESTORED,
    DELETED;

    boolean isSettling() {
      return this == CREATING || this == UPDATING || this == REPLACING;
    }

    Progress settled() {
      return switch (this) {
        case CREATING -> CREATED;
        case UPDATING -> UPDATED;
        case REPLACING -> REPLACED;
        default -> this;
      };
    }
  }

  boolean isThere() {
    return physicalId != null && status != ResourceStatus.DELETE_COMPLETE;
  }

  Physical physical() {
    return new Physical(String.valueOf(physicalId), attributes);
  }

  ResourceRecord with(ResourceStatus status, @Nullable String reason, Instant now) {
    return new ResourceRecord(
        logicalId,
        physicalId,
        type,
        status,
        reason,
        now.toEpochMilli(),
        properties,
        attributes,
        deletionPolicy,
        replacePolicy,
        dependencies,
        operation,
        progress,
        before);
  }

  ResourceRecord with(Progress progress) {
    return new ResourceRecord(
        logicalId,
        physicalId,
        type,
        status,
        reason,
        at,
        properties,
        attributes,
        deletionPolicy,
        replacePolicy,
        dependencies,
        operation,
        progress,
        before);
  }

  ResourceRecord with(Physical physical, ObjectNode properties) {
    return new ResourceRecord(
        logicalId,
        physical.id(),
        type,
        status,
        reason,
        at,
        properties,
        physical.attributes(),
        deletionPolicy,
        replacePolicy,
        dependencies,
        operation,
        progress,
        before);
  }

  /** The same without its history, which would otherwise grow with every update. */
  ResourceRecord alone() {
    return new ResourceRecord(
        logicalId,
        physicalId,
        type,
        status,
        reason,
        at,
        properties,
        attributes,
        deletionPolicy,
        replacePolicy,
        dependencies,
        operation,
        progress,
        null);
  }

  /** As it is left to be deleted, or not, once it has been replaced. */
  ResourceRecord leftWith(DeletionPolicy policy) {
    return new ResourceRecord(
        logicalId,
        physicalId,
        type,
        status,
        reason,
        at,
        properties,
        attributes,
        policy,
        replacePolicy,
        dependencies,
        operation,
        progress,
        null);
  }

  ResourceRecord restoredBy(String operation) {
    return new ResourceRecord(
        logicalId,
        physicalId,
        type,
        status,
        reason,
        at,
        properties,
        attributes,
        deletionPolicy,
        replacePolicy,
        dependencies,
        operation,
        Progress.RESTORED,
        null);
  }
}
