package dev.onboard.local.sesv2;

import dev.onboard.local.store.Cached;
import dev.onboard.local.store.Store;
import dev.onboard.local.store.Tx;
import dev.onboard.local.wire.SdkJson;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sesv2.model.CreateConfigurationSetRequest;
import software.amazon.awssdk.services.sesv2.model.DeliveryOptions;
import software.amazon.awssdk.services.sesv2.model.EventDestination;
import software.amazon.awssdk.services.sesv2.model.EventDestinationDefinition;
import software.amazon.awssdk.services.sesv2.model.EventType;
import software.amazon.awssdk.services.sesv2.model.GetConfigurationSetResponse;

/** Configuration sets and where the events of their mails go: to the default event bus. */
final class ConfigurationSets {
  private static final String NAME = "[a-zA-Z0-9_-]{1,64}";

  private final String defaultBusArn;
  private final Cached<String, Optional<GetConfigurationSetResponse>> byName;
  private final Cached<String, List<EventDestination>> destinations;

  ConfigurationSets(Store store, String defaultBusArn) {
    this.defaultBusArn = defaultBusArn;
    this.byName = new Cached<>(store, "ses_configuration_set");
    this.destinations = new Cached<>(store, "ses_event_destination");
  }

  void create(Tx tx, CreateConfigurationSetRequest request) {
    String name = request.configurationSetName();
    if (name == null || !name.matches(NAME)) {
      throw SesErrors.badRequest(
          "Invalid configuration set name <"
              + name
              + ">: only alphanumeric ASCII characters, '_', and '-' are allowed.");
    }
    String operation = "CreateConfigurationSet";
    SesErrors.refuse(operation, "TrackingOptions", request.trackingOptions());
    SesErrors.refuse(operation, "VdmOptions", request.vdmOptions());
    SesErrors.refuse(operation, "ArchivingOptions", request.archivingOptions());
    checkDelivery(operation, request.deliveryOptions());
    GetConfigurationSetResponse.Builder set =
        GetConfigurationSetResponse.builder()
            .configurationSetName(name)
            .deliveryOptions(request.deliveryOptions())
            .reputationOptions(request.reputationOptions())
            .suppressionOptions(request.suppressionOptions())
            .tags(request.tags());
    if (request.sendingOptions() == null) {
      set.sendingOptions(o -> o.sendingEnabled(true));
    } else {
      set.sendingOptions(request.sendingOptions());
    }
    if (request.reputationOptions() == null) {
      set.reputationOptions(o -> o.reputationMetricsEnabled(false));
    }
    int made =
        tx.update(
            "INSERT OR IGNORE INTO ses_configuration_set VALUES (?, ?)",
            name,
            SdkJson.write(set.build()));
    if (made == 0) {
      throw SesErrors.exists("Configuration set <" + name + "> already exists.");
    }
  }

  static void checkDelivery(String operation, @Nullable DeliveryOptions options) {
    if (options != null) {
      SesErrors.refuse(operation, "DeliveryOptions.SendingPoolName", options.sendingPoolName());
    }
  }

  GetConfigurationSetResponse get(Tx tx, @Nullable String name) {
    return byName
        .get(
            tx,
            String.valueOf(name),
            t ->
                t.first(
                    "SELECT value FROM ses_configuration_set WHERE name = ?",
                    r -> SdkJson.read(GetConfigurationSetResponse.class, r.string(1)),
                    name))
        .orElseThrow(() -> SesErrors.notFound("Configuration set <" + name + "> does not exist."));
  }

  void change(Tx tx, String name, UnaryOperator<GetConfigurationSetResponse.Builder> change) {
    GetConfigurationSetResponse changed = change.apply(get(tx, name).toBuilder()).build();
    tx.update(
        "UPDATE ses_configuration_set SET value = ? WHERE name = ?", SdkJson.write(changed), name);
  }

  void delete(Tx tx, String name) {
    get(tx, name);
    tx.update("DELETE FROM ses_configuration_set WHERE name = ?", name);
    tx.update("DELETE FROM ses_event_destination WHERE configuration_set = ?", name);
  }

  List<String> list(Tx tx, Page page) {
    return tx.list(
        "SELECT name FROM ses_configuration_set WHERE name > ? ORDER BY name LIMIT ?",
        r -> r.string(1),
        page.after(),
        page.size() + 1);
  }

  void addDestination(
      Tx tx, String set, @Nullable String name, @Nullable EventDestinationDefinition definition) {
    get(tx, set);
    if (name == null || !name.matches(NAME)) {
      throw SesErrors.badRequest("Invalid event destination name <" + name + ">.");
    }
    EventDestination destination =
        destination("CreateConfigurationSetEventDestination", name, definition);
    int made =
        tx.update(
            "INSERT OR IGNORE INTO ses_event_destination VALUES (?, ?, ?)",
            set,
            name,
            SdkJson.write(destination));
    if (made == 0) {
      throw SesErrors.exists("Event destination <" + name + "> already exists.");
    }
  }

  void changeDestination(
      Tx tx, String set, String name, @Nullable EventDestinationDefinition definition) {
    get(tx, set);
    EventDestination destination =
        destination("UpdateConfigurationSetEventDestination", name, definition);
    int changed =
        tx.update(
            "UPDATE ses_event_destination SET value = ? WHERE configuration_set = ? AND name = ?",
            SdkJson.write(destination),
            set,
            name);
    if (changed == 0) {
      throw noDestination(name);
    }
  }

  void removeDestination(Tx tx, String set, String name) {
    get(tx, set);
    int removed =
        tx.update(
            "DELETE FROM ses_event_destination WHERE configuration_set = ? AND name = ?",
            set,
            name);
    if (removed == 0) {
      throw noDestination(name);
    }
  }

  private static RuntimeException noDestination(String name) {
    return SesErrors.notFound("Event destination <" + name + "> does not exist.");
  }

  List<EventDestination> destinations(Tx tx, String set) {
    return destinations.get(
        tx,
        set,
        t ->
            t.list(
                "SELECT value FROM ses_event_destination WHERE configuration_set = ? ORDER BY name",
                r -> SdkJson.read(EventDestination.class, r.string(1)),
                set));
  }

  /** The kinds of events that mails of a set publish. */
  Set<EventType> published(Tx tx, @Nullable String set) {
    var types = EnumSet.noneOf(EventType.class);
    if (set != null) {
      for (EventDestination destination : destinations(tx, set)) {
        if (Boolean.TRUE.equals(destination.enabled())) {
          types.addAll(destination.matchingEventTypes());
        }
      }
    }
    return types;
  }

  private EventDestination destination(
      String operation, String name, @Nullable EventDestinationDefinition given) {
    if (given == null) {
      throw SesErrors.badRequest("Event destination definition is required.");
    }
    SesErrors.refuse(operation, "KinesisFirehoseDestination", given.kinesisFirehoseDestination());
    SesErrors.refuse(operation, "CloudWatchDestination", given.cloudWatchDestination());
    SesErrors.refuse(operation, "SnsDestination", given.snsDestination());
    SesErrors.refuse(operation, "PinpointDestination", given.pinpointDestination());
    if (given.eventBridgeDestination() == null) {
      throw SesErrors.badRequest("Event destination definition must have exactly one destination.");
    }
    String bus = given.eventBridgeDestination().eventBusArn();
    if (!defaultBusArn.equals(bus)) {
      throw SesErrors.badRequest(
          "EventBridge destination <"
              + bus
              + "> is invalid: only the default event bus is supported.");
    }
    if (given.matchingEventTypes().isEmpty()
        || given.matchingEventTypes().contains(EventType.UNKNOWN_TO_SDK_VERSION)) {
      throw SesErrors.badRequest("Invalid matching event types.");
    }
    return EventDestination.builder()
        .name(name)
        .enabled(given.enabled() == null ? Boolean.FALSE : given.enabled())
        .matchingEventTypes(given.matchingEventTypes())
        .eventBridgeDestination(given.eventBridgeDestination())
        .build();
  }
}
