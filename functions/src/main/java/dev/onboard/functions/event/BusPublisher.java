package dev.onboard.functions.event;

import dev.onboard.functions.user.User;
import dev.onboard.functions.user.UserPublisher;
import dev.onboard.schemas.UserCreated;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** Publishes UserCreated events on the bus. */
public final class BusPublisher implements UserPublisher {

  private final EventBridgeClient eventBridge;
  private final String bus;

  public BusPublisher(EventBridgeClient eventBridge, String bus) {
    this.eventBridge = eventBridge;
    this.bus = bus;
  }

  @Override
  public void publish(User user, @Nullable String correlationId, @Nullable String causationId) {
    PutEventsRequestEntry entry =
        PutEventsRequestEntry.builder()
            .eventBusName(bus)
            .source(UserCreated.SOURCE)
            .detailType(UserCreated.DETAIL_TYPE)
            .detail(UserEvents.created(user, correlationId, causationId).toString())
            .build();
    PutEventsResponse answer = eventBridge.putEvents(request -> request.entries(List.of(entry)));
    if (answer.failedEntryCount() != null && answer.failedEntryCount() > 0) {
      PutEventsResultEntry failed = answer.entries().get(0);
      throw new IllegalStateException(
          "the bus did not accept UserCreated: "
              + failed.errorCode()
              + ": "
              + failed.errorMessage());
    }
  }
}
