package dev.onboard.local.sesv2;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.onboard.local.call.Call;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

/** An event bus that remembers what was put onto it. */
final class RecordingBus implements EventBridgeClient {
  final List<PutEventsRequestEntry> entries = new CopyOnWriteArrayList<>();
  final List<String> callers = new CopyOnWriteArrayList<>();
  int refuse;

  @Override
  public PutEventsResponse putEvents(PutEventsRequest request) {
    callers.add(Call.current().caller().arn());
    entries.addAll(request.entries());
    return PutEventsResponse.builder().failedEntryCount(refuse).build();
  }

  List<String> types() {
    return entries.stream().map(PutEventsRequestEntry::detailType).toList();
  }

  JsonNode detail(int entry) {
    try {
      return new ObjectMapper().readTree(entries.get(entry).detail());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String serviceName() {
    return "events";
  }

  @Override
  public void close() {}
}
