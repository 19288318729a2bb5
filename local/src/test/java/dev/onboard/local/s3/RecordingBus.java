package dev.onboard.local.s3;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.onboard.local.call.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** A twin of EventBridge that keeps what is published, and who publishes it. */
public final class RecordingBus implements EventBridgeClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  final List<PutEventsRequestEntry> entries = new CopyOnWriteArrayList<>();
  final List<String> publishers = new CopyOnWriteArrayList<>();

  @Override
  public PutEventsResponse putEvents(PutEventsRequest request) {
    publishers.add(Call.current().caller().arn());
    entries.addAll(request.entries());
    List<PutEventsResultEntry> results = new ArrayList<>();
    request
        .entries()
        .forEach(e -> results.add(PutEventsResultEntry.builder().eventId("id").build()));
    return PutEventsResponse.builder().failedEntryCount(0).entries(results).build();
  }

  /** The details of the events of a type, in order. */
  List<JsonNode> details(String type) {
    return entries.stream()
        .filter(e -> e.detailType().equals(type))
        .map(RecordingBus::detail)
        .toList();
  }

  static JsonNode detail(PutEventsRequestEntry entry) {
    try {
      return JSON.readTree(entry.detail());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public String serviceName() {
    return "events";
  }

  @Override
  public void close() {}
}
