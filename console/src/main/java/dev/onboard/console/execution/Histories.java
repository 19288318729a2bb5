package dev.onboard.console.execution;

import dev.onboard.console.web.Sdk;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryResponse;

/** The histories of Standard executions, as the API gives them. */
final class Histories {
  private static final int MOST = 1000;

  /** Inputs and outputs make events large. */
  private static final int MOST_WITH_DATA = 200;

  private final SfnClient sfn;

  Histories(Sdk sdk) {
    this.sfn = sdk.client(SfnClient.class);
  }

  /** A page of a history. */
  record Page(List<Event> events, @Nullable String next) {}

  Page page(String execution, @Nullable String token, int size, boolean newestFirst) {
    return page(execution, token, size, newestFirst, false);
  }

  private Page page(
      String execution, @Nullable String token, int size, boolean newestFirst, boolean withData) {
    GetExecutionHistoryResponse answer =
        sfn.getExecutionHistory(h ->
            h.executionArn(execution)
                .nextToken(token)
                .maxResults(size)
                .reverseOrder(newestFirst)
                .includeExecutionData(withData));
    return new Page(answer.events().stream().map(Event::of).toList(), answer.nextToken());
  }

  /** All events, without inputs and outputs. */
  List<Event> all(String execution) {
    var events = new ArrayList<Event>();
    String token = null;
    do {
      Page page = page(execution, token, MOST, false, false);
      events.addAll(page.events());
      token = page.next();
    } while (token != null);
    return events;
  }

  /** Some of the events up to one of them, with inputs and outputs. */
  List<Event> withData(String execution, long upTo, Predicate<Event> wanted) {
    var events = new ArrayList<Event>();
    String token = null;
    do {
      Page page = page(execution, token, MOST_WITH_DATA, false, true);
      page.events().stream().filter(e -> e.id() <= upTo).filter(wanted).forEach(events::add);
      token = page.events().isEmpty() || page.events().getLast().id() >= upTo ? null : page.next();
    } while (token != null);
    return events;
  }
}
