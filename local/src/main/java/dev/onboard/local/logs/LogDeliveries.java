package dev.onboard.local.logs;

import dev.onboard.local.call.Environment;
import dev.onboard.local.store.Row;
import dev.onboard.local.store.Tx;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateDeliveryRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.Delivery;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeliveryDestination;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeliveryDestinationType;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputFormat;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutDeliveryDestinationRequest;

/** Delivery destinations, which are log groups here, and the deliveries from sources to them. */
final class LogDeliveries {
  private static final int ID = 16;

  private final Environment env;
  private final Groups groups;
  private final DeliverySources sources;

  LogDeliveries(Environment env, Groups groups, DeliverySources sources) {
    this.env = env;
    this.groups = groups;
    this.sources = sources;
  }

  DeliveryDestination putDestination(PutDeliveryDestinationRequest request) {
    DeliverySources.checkName("name", request.name());
    if (request.outputFormat() == OutputFormat.UNKNOWN_TO_SDK_VERSION) {
      throw LogsErrors.validation(
          "1 validation error detected: Value '"
              + request.outputFormatAsString()
              + "' at 'outputFormat' failed to satisfy constraint: Member must satisfy enum value"
              + " set: [w3c, raw, json, plain, parquet]");
    }
    if (request.outputFormat() != null && request.outputFormat() != OutputFormat.JSON) {
      throw LogsErrors.unsupported(
          "PutDeliveryDestination", "the output format " + request.outputFormat());
    }
    if (request.deliveryDestinationType() != null
        && request.deliveryDestinationType() != DeliveryDestinationType.CWL) {
      throw LogsErrors.unsupported(
          "PutDeliveryDestination", "the type " + request.deliveryDestinationTypeAsString());
    }
    var configuration = request.deliveryDestinationConfiguration();
    String arn = configuration == null ? null : configuration.destinationResourceArn();
    DeliverySources.require("deliveryDestinationConfiguration.destinationResourceArn", arn);
    if (arn == null || !arn.startsWith(env.arn("logs", "log-group:"))) {
      throw LogsErrors.unsupported(
          "PutDeliveryDestination", "a destination that is no log group, " + arn + ",");
    }
    return env.store()
        .write(tx -> {
          groups.get(tx, groups.name(arn));
          tx.update(
              "INSERT OR REPLACE INTO logs_delivery_destination VALUES (?, ?, ?, ?)",
              request.name(),
              arn,
              request.outputFormatAsString(),
              DeliverySources.text(request.tags()));
          return destination(tx, request.name()).toBuilder()
              .tags(request.hasTags() ? request.tags() : null)
              .build();
        });
  }

  DeliveryDestination destination(Tx tx, @Nullable String name) {
    return tx.first(
            "SELECT * FROM logs_delivery_destination WHERE name = ?", this::destination, name)
        .orElseThrow(() ->
            LogsErrors.notFound("Requested Delivery Destination does not exist in this account."));
  }

  List<DeliveryDestination> destinations(Tx tx, Pages.Page page) {
    return tx.list(
        "SELECT * FROM logs_delivery_destination WHERE name > ? ORDER BY name LIMIT ?",
        this::destination,
        page.after(),
        page.size() + 1);
  }

  void deleteDestination(Tx tx, @Nullable String name) {
    destination(tx, name);
    if (tx.exists("SELECT 1 FROM logs_delivery WHERE destination = ?", name)) {
      throw LogsErrors.conflict("The Delivery Destination " + name + " has deliveries.");
    }
    tx.update("DELETE FROM logs_delivery_destination WHERE name = ?", name);
  }

  Delivery create(CreateDeliveryRequest request) {
    DeliverySources.require("deliverySourceName", request.deliverySourceName());
    DeliverySources.require("deliveryDestinationArn", request.deliveryDestinationArn());
    refuse("recordFields", request.hasRecordFields() ? request.recordFields() : null);
    refuse("fieldDelimiter", request.fieldDelimiter());
    refuse("s3DeliveryConfiguration", request.s3DeliveryConfiguration());
    String prefix = env.arn("logs", "delivery-destination:");
    String arn = request.deliveryDestinationArn();
    String destination = arn.startsWith(prefix) ? arn.substring(prefix.length()) : null;
    String id = UUID.randomUUID().toString().replace("-", "").substring(0, ID);
    return env.store()
        .write(tx -> {
          sources.get(tx, request.deliverySourceName());
          destination(tx, destination);
          int made =
              tx.update(
                  "INSERT OR IGNORE INTO logs_delivery VALUES (?, ?, ?, ?)",
                  id,
                  request.deliverySourceName(),
                  destination,
                  DeliverySources.text(request.tags()));
          if (made == 0) {
            throw LogsErrors.conflict("Delivery already exists.");
          }
          return get(tx, id).toBuilder().tags(request.hasTags() ? request.tags() : null).build();
        });
  }

  private static void refuse(String member, @Nullable Object value) {
    if (value != null) {
      throw LogsErrors.unsupported("CreateDelivery", member);
    }
  }

  Delivery get(Tx tx, @Nullable String id) {
    return tx.first("SELECT * FROM logs_delivery WHERE id = ?", this::delivery, id)
        .orElseThrow(
            () -> LogsErrors.notFound("Requested Delivery does not exist in this account."));
  }

  List<Delivery> list(Tx tx, Pages.Page page) {
    return tx.list(
        "SELECT * FROM logs_delivery WHERE id > ? ORDER BY id LIMIT ?",
        this::delivery,
        page.after(),
        page.size() + 1);
  }

  void delete(Tx tx, @Nullable String id) {
    get(tx, id);
    tx.update("DELETE FROM logs_delivery WHERE id = ?", id);
  }

  private DeliveryDestination destination(Row row) {
    return DeliveryDestination.builder()
        .name(row.string("name"))
        .arn(env.arn("logs", "delivery-destination:" + row.string("name")))
        .deliveryDestinationType(DeliveryDestinationType.CWL)
        .outputFormat(row.stringOrNull("format"))
        .deliveryDestinationConfiguration(c -> c.destinationResourceArn(row.string("resource")))
        .build();
  }

  private Delivery delivery(Row row) {
    return Delivery.builder()
        .id(row.string("id"))
        .arn(env.arn("logs", "delivery:" + row.string("id")))
        .deliverySourceName(row.string("source"))
        .deliveryDestinationArn(
            env.arn("logs", "delivery-destination:" + row.string("destination")))
        .deliveryDestinationType(DeliveryDestinationType.CWL)
        .build();
  }
}
