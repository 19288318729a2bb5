package dev.onboard.console.execution;

import dev.onboard.console.execution.ExecutionPage.EventTable;
import dev.onboard.console.web.Link;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows the events of a history as a table. */
final class EventTables {
  private static final int PAGE = 100;
  private static final String NEWEST = "newest";

  private final Visits visits;
  private final Address address;

  EventTables(Visits visits, Address address) {
    this.visits = visits;
    this.address = address;
  }

  /** A page of a Standard execution's history. */
  EventTable of(Histories histories) {
    boolean newestFirst = address.is(Address.ORDER, NEWEST);
    String token = address.get(Address.FROM);
    Histories.Page page = histories.page(address.arn(), token, PAGE, newestFirst);
    Address here = address.with(Address.EVENT, null);
    Address first = here.with(Address.FROM, null);
    return new EventTable(
        page.events().stream().map(e -> row(e, histories)).toList(),
        newestFirst
            ? new Link("Oldest first", first.with(Address.ORDER, null).toString())
            : new Link("Newest first", first.with(Address.ORDER, NEWEST).toString()),
        token == null ? null : first.toString(),
        page.next() == null ? null : here.with(Address.FROM, page.next()).toString());
  }

  /** The events that are known otherwise, such as those of a log. */
  EventTable of(List<Event> events) {
    return new EventTable(
        events.stream().map(e -> row(e, null)).toList(), new Link("", null), null, null);
  }

  private EventTable.Row row(Event event, @Nullable Histories histories) {
    boolean isAsked = address.is(Address.EVENT, String.valueOf(event.id()));
    boolean saysWhy = event.text("error") != null || event.text("cause") != null;
    return new EventTable.Row(
        event.id(),
        event.at(),
        event.type(),
        event.isFailure() ? "bad" : "",
        visits
            .of(event.id())
            .map(v -> new Link(v.state(), address.at(v.state(), v.id()).toString()))
            .orElse(null),
        saysWhy ? Fault.of(event.text("error"), event.text("cause")) : null,
        address.with(Address.EVENT, isAsked ? null : String.valueOf(event.id())).toString(),
        isAsked ? data(event, histories) : null);
  }

  private Data data(Event event, @Nullable Histories histories) {
    Event whole =
        histories == null
            ? event
            : histories.withData(address.arn(), event.id(), e -> e.id() == event.id()).getFirst();
    return Data.of("Event " + event.id(), Values.laidOut(whole.details()).toString(), null);
  }
}
