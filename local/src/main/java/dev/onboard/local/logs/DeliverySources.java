package dev.onboard.local.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import dev.onboard.local.store.Row;
import dev.onboard.local.store.Tx;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeliverySource;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutDeliverySourceRequest;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/**
 * Delivery sources: resources whose service writes a log. Of those that AWS has, event buses do so
 * here; each level of their records is a source of its own.
 */
final class DeliverySources {
  static final Pattern NAME = Pattern.compile("[\\w-]+");
  static final int NAME_LENGTH = 60;

  private static final Set<String> LOG_TYPES = Set.of("ERROR_LOGS", "INFO_LOGS", "TRACE_LOGS");
  private static final Principal DELIVERY = new Principal.Service("delivery.logs.amazonaws.com");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Environment env;

  DeliverySources(Environment env) {
    this.env = env;
  }

  DeliverySource put(PutDeliverySourceRequest request) {
    checkName("name", request.name());
    require("resourceArn", request.resourceArn());
    require("logType", request.logType());
    checkBus(request.resourceArn());
    if (!LOG_TYPES.contains(request.logType())) {
      throw LogsErrors.validation(
          "The log type "
              + request.logType()
              + " is not one of an event bus: ERROR_LOGS, INFO_LOGS, TRACE_LOGS.");
    }
    return env.store()
        .write(tx -> {
          boolean other =
              tx.exists(
                  "SELECT 1 FROM logs_delivery d JOIN logs_delivery_source s ON s.name = d.source"
                      + " WHERE s.name = ? AND (s.resource <> ? OR s.type <> ?)",
                  request.name(),
                  request.resourceArn(),
                  request.logType());
          if (other) {
            throw LogsErrors.conflict(
                "The Delivery Source " + request.name() + " has deliveries; it must not change.");
          }
          tx.update(
              "INSERT OR REPLACE INTO logs_delivery_source VALUES (?, ?, ?, ?)",
              request.name(),
              request.resourceArn(),
              request.logType(),
              text(request.tags()));
          return get(tx, request.name()).toBuilder()
              .tags(request.hasTags() ? request.tags() : null)
              .build();
        });
  }

  /** Refuses what is not a bus that is there. */
  private void checkBus(String arn) {
    String bus = env.arn("events", "event-bus/");
    if (!arn.startsWith(bus)) {
      throw LogsErrors.unsupported("PutDeliverySource", "the resource " + arn);
    }
    try {
      env.client(EventBridgeClient.class, DELIVERY)
          .describeEventBus(r -> r.name(arn.substring(bus.length())));
    } catch (AwsServiceException e) {
      throw AwsErrors.code(e).equals("ResourceNotFoundException")
          ? LogsErrors.notFound("Cannot access provided service.")
          : e;
    }
  }

  DeliverySource get(Tx tx, @Nullable String name) {
    return tx.first("SELECT * FROM logs_delivery_source WHERE name = ?", this::source, name)
        .orElseThrow(
            () -> LogsErrors.notFound("Requested Delivery Source does not exist in this account."));
  }

  List<DeliverySource> list(Tx tx, Pages.Page page) {
    return tx.list(
        "SELECT * FROM logs_delivery_source WHERE name > ? ORDER BY name LIMIT ?",
        this::source,
        page.after(),
        page.size() + 1);
  }

  void delete(Tx tx, @Nullable String name) {
    get(tx, name);
    if (tx.exists("SELECT 1 FROM logs_delivery WHERE source = ?", name)) {
      throw LogsErrors.conflict("The Delivery Source " + name + " has deliveries.");
    }
    tx.update("DELETE FROM logs_delivery_source WHERE name = ?", name);
  }

  private DeliverySource source(Row row) {
    return DeliverySource.builder()
        .name(row.string("name"))
        .arn(env.arn("logs", "delivery-source:" + row.string("name")))
        .resourceArns(row.string("resource"))
        .service("events")
        .logType(row.string("type"))
        .build();
  }

  static void checkName(String member, @Nullable String name) {
    require(member, name);
    if (name != null && (name.length() > NAME_LENGTH || !NAME.matcher(name).matches())) {
      throw LogsErrors.validation(
          "1 validation error detected: Value '"
              + name
              + "' at '"
              + member
              + "' failed to satisfy constraint: Member must satisfy regular expression pattern:"
              + " [\\w-]*");
    }
  }

  static void require(String member, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      throw LogsErrors.validation(
          "1 validation error detected: Value null at '"
              + member
              + "' failed to satisfy constraint: Member must not be null");
    }
  }

  static String text(Map<String, String> tags) {
    try {
      return JSON.writeValueAsString(tags);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
