package dev.onboard.console.story;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.story.FunctionLogs.Window;
import dev.onboard.console.story.Step.State;
import dev.onboard.console.trail.AcceptedEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A UserRegistered event, and what the function made of it. */
final class RegistrationChapter {
  static final String TYPE = "UserRegistered";
  private static final String FUNCTION = "RegisterUser";

  private final Sources sources;
  private final FunctionLogs logs;
  private final EventSteps events;

  RegistrationChapter(Sources sources, FunctionLogs logs, EventSteps events) {
    this.sources = sources;
    this.logs = logs;
    this.events = events;
  }

  /** The correlation that everything of a registration shares. */
  static String correlation(AcceptedEvent event) {
    String own = event.metadata("correlationId");
    return own.isBlank() ? eventId(event) : own;
  }

  /** The id of a registration: the sender's, or the one that the bus gave it. */
  static String eventId(AcceptedEvent event) {
    String own = event.metadata("eventId");
    return own.isBlank() ? event.id() : own;
  }

  /** Tells of a registration; answers when its user was stored, if that is known. */
  @Nullable Instant tell(AcceptedEvent event, Draft draft) {
    draft.add(events.step(event));
    String pattern = "{ $.correlationId = \"%s\" }".formatted(correlation(event));
    Instant stored = null;
    List<Invocation> invocations = logs.find(FUNCTION, pattern, new Window(event.at(), null));
    for (Invocation invocation : invocations) {
      draft.add(invocation.step(FUNCTION + " worked on the registration"));
      if (!invocation.failed() && !invocation.lines().isEmpty()) {
        stored = invocation.lines().getLast().at();
      }
    }
    waiting(event, draft);
    if (invocations.isEmpty()) {
      givenUp(event, draft);
    }
    return stored;
  }

  /** What failed before it knew its correlation is found by the record that Lambda kept of it. */
  private void givenUp(AcceptedEvent event, Draft draft) {
    String queue = sources.stack().output("UndeliveredEventsQueueUrl");
    for (JsonNode message : sources.messages(queue, event.id())) {
      String requestId =
          WorkflowChapter.json(message.path("body").asText())
              .at("/requestContext/requestId")
              .asText();
      if (!requestId.isEmpty()) {
        logs.invocation(FUNCTION, requestId)
            .ifPresent(i -> draft.add(i.step(FUNCTION + " failed on the registration")));
      }
    }
  }

  private void waiting(AcceptedEvent event, Draft draft) {
    for (JsonNode invocation : sources.invocations()) {
      if (!invocation.path("eventId").asText("").equals(event.id())) {
        continue;
      }
      int failed = invocation.path("attempts").asInt();
      String requestId = invocation.path("requestId").asText();
      Step.Builder step =
          logs.invocation(FUNCTION, requestId)
              .map(i -> i.step(FUNCTION + " works on the registration"))
              .orElseGet(() -> Step.of("Lambda", FUNCTION + " is to be invoked").at(event.at()));
      draft.add(
          step.state(failed == 0 ? State.WAITING : State.FAILED)
              .detail(
                  failed == 0
                      ? "it runs, or is about to"
                      : "attempt "
                          + failed
                          + " failed; the next one is at "
                          + invocation.path("nextAttempt").asText()));
    }
  }
}
