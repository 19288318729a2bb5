package dev.onboard.local.sfn.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import dev.onboard.local.sfn.asl.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/** The "Step Functions Execution Status Change" events on the default bus. */
final class StatusEvents {
  private static final Logger LOG = LoggerFactory.getLogger(StatusEvents.class);

  private final Environment env;

  StatusEvents(Environment env) {
    this.env = env;
  }

  /** Publishes where an execution stands, in the same write as the status itself. */
  void publish(Execution execution) {
    if (env.services().named("events") == null) {
      return;
    }
    var entry =
        PutEventsRequestEntry.builder()
            .source("aws.states")
            .detailType("Step Functions Execution Status Change")
            .time(time(execution))
            .resources(execution.arn())
            .detail(Json.text(detail(execution)))
            .build();
    try {
      env.client(EventBridgeClient.class, new Principal.Service("states.amazonaws.com"))
          .putEvents(b -> b.entries(entry));
    } catch (SdkException e) {
      // AWS delivers these events as good as it goes; an execution does not depend on them.
      LOG.warn("no status event of {}: {}", execution.arn(), e.getMessage());
    }
  }

  private static Instant time(Execution execution) {
    Instant redriven = execution.redrives().latest();
    if (execution.stopped() != null) {
      return execution.stopped();
    }
    return redriven == null ? execution.started() : redriven;
  }

  private static ObjectNode detail(Execution execution) {
    ObjectNode detail =
        Json.object()
            .put("executionArn", execution.arn())
            .put("stateMachineArn", execution.machineArn())
            .put("name", execution.name())
            .put("status", execution.status().name())
            .put("startDate", execution.started().toEpochMilli());
    if (execution.stopped() == null) {
      detail.putNull("stopDate");
    } else {
      detail.put("stopDate", execution.stopped().toEpochMilli());
    }
    put(detail, "input", execution.input().text());
    put(detail, "output", execution.output());
    detail.put("stateMachineVersionArn", execution.versionArn());
    detail.put("stateMachineAliasArn", execution.aliasArn());
    detail.put("redriveCount", execution.redrives().count());
    Instant redriven = execution.redrives().latest();
    detail.put("redriveDate", redriven == null ? null : redriven.toEpochMilli());
    boolean failed = execution.hasFailed();
    detail.put("redriveStatus", failed ? "REDRIVABLE" : "NOT_REDRIVABLE");
    detail.put("redriveStatusReason", failed ? null : Redrivability.because(execution.status()));
    detail.put("error", execution.error()).put("cause", execution.cause());
    return detail;
  }

  /** Input and output are left out of an event that they would make too large. */
  private static void put(ObjectNode detail, String name, @Nullable String text) {
    boolean included = text == null || text.length() <= 100_000;
    detail.put(name, included ? text : null);
    if (text == null) {
      detail.putNull(name + "Details");
    } else {
      detail.putObject(name + "Details").put("included", included);
    }
  }
}
