package dev.onboard.local.sfn.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.call.Principal;
import dev.onboard.local.clock.Timer;
import dev.onboard.local.sfn.Limits;
import dev.onboard.local.sfn.asl.Json;
import dev.onboard.local.sfn.asl.Payload;
import dev.onboard.local.sfn.asl.Resource;
import dev.onboard.local.sfn.asl.Scope;
import dev.onboard.local.sfn.asl.Setting;
import dev.onboard.local.sfn.asl.State;
import dev.onboard.local.sfn.asl.StateError;
import dev.onboard.local.sfn.run.Position.Phase;
import dev.onboard.local.sfn.task.CallSite;
import dev.onboard.local.sfn.task.Connector;
import dev.onboard.local.sfn.task.Connectors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The work of a Task state. */
final class TaskWork {
  private final Interpreter interpreter;
  private final Frame frame;
  private final Run run;
  private final Journal journal;
  private final State.Task task;
  private final TaskEvents events;
  private final Connector connector;
  private final boolean waits;

  TaskWork(Interpreter interpreter, Frame frame, State.Task task) {
    this.interpreter = interpreter;
    this.frame = frame;
    this.run = frame.run();
    this.journal = run.journal();
    this.task = task;
    this.events = new TaskEvents(frame, task);
    this.connector = run.engine().connectors().of(task.resource());
    this.waits =
        task.resource() instanceof Resource.Activity
            || task.resource() instanceof Resource.Integration call
                && Connectors.waits(call.pattern());
  }

  Step perform(Scope scope) {
    JsonNode result =
        switch (frame.position().phase()) {
          case RESULT -> frame.position().dataTree().path("result");
          case SUBMITTED -> report();
          default -> called(scope);
        };
    return interpreter.exit(task, task.common().data().finish(scope, result), null);
  }

  private JsonNode called(Scope scope) {
    boolean again = frame.position().phase() == Phase.CALLED;
    JsonNode data = frame.position().dataTree();
    if (usesToken()) {
      frame.taskToken(again ? data.path("token").asText() : TaskTokens.make(run, frame));
    }
    JsonNode arguments = connector.accepted(task.common().data().arguments(scope));
    Payload sent = interpreter.payload(arguments);
    if (sent.exceeds(Limits.PAYLOAD_BYTES)) {
      throw StateError.argumentsTooLarge(task.name());
    }
    TaskEvents.Plan plan = plan(scope);
    if (task.resource() instanceof Resource.Activity(String activity)) {
      return offered(activity, sent, plan);
    }
    CallSite site = site(scope);
    if (connector.isTransactional()) {
      return callWithinWrite(site, arguments, sent, plan, again);
    }
    if (!again) {
      journal.note(
          frame,
          () -> {
            events.scheduledAndStarted(sent, plan);
            frame.position(frame.position().in(Phase.CALLED, plan.data(frame.taskToken())));
          });
      keepToken();
      run.flush();
    }
    Instant deadline = again ? deadline(data) : plan.deadline();
    JsonNode answer = outcomeOf(() -> waitForAnswer(site, arguments, deadline));
    if (!waits) {
      return succeeded(answer);
    }
    journal.note(frame, () -> submitted(answer, plan));
    run.flush();
    return report();
  }

  /** Offers the task to the workers of an activity and waits for the one that takes it. */
  private JsonNode offered(String activity, Payload sent, TaskEvents.Plan plan) {
    Engine engine = run.engine();
    if (!Activities.exists(engine.env().store(), activity)) {
      throw StateError.runtime("The activity " + activity + " does not exist.");
    }
    engine
        .env()
        .store()
        .write(tx -> {
          journal.note(
              frame,
              () -> {
                events.scheduled(sent, plan);
                frame.position(frame.position().in(Phase.SUBMITTED, submission(plan)));
              });
          keepToken();
          TaskTokens.offer(tx, Objects.requireNonNull(frame.taskToken()), activity, sent);
          journal.write(tx);
          engine.env().store().afterCommit(() -> engine.activities().arrived(activity));
          return null;
        });
    return report();
  }

  /** The call and what is noted of it are one write where the execution is kept. */
  private JsonNode callWithinWrite(
      CallSite site, JsonNode arguments, Payload sent, TaskEvents.Plan plan, boolean again) {
    if (!journal.isKept()) {
      journal.note(frame, () -> events.scheduledAndStarted(sent, plan));
      return succeeded(outcomeOf(() -> connector.call(site, arguments)));
    }
    var thrown = new ArrayList<StateError>(1);
    JsonNode answer =
        run.engine()
            .env()
            .store()
            .write(tx -> {
              journal.note(frame, () -> events.scheduledAndStarted(sent, plan));
              keepToken();
              JsonNode found = null;
              try {
                found = connector.call(site, arguments);
                noteAnswer(found, plan);
              } catch (StateError e) {
                noteFailure(e);
                thrown.add(e);
              }
              journal.write(tx);
              return found;
            });
    if (!thrown.isEmpty()) {
      throw thrown.getFirst();
    }
    return waits ? report() : Objects.requireNonNull(answer);
  }

  private void noteAnswer(JsonNode answer, TaskEvents.Plan plan) {
    journal.note(
        frame,
        () -> {
          if (waits) {
            submitted(answer, plan);
          } else {
            events.succeeded(Payload.of(answer));
            ObjectNode kept = Json.object();
            kept.set("result", answer);
            frame.position(frame.position().in(Phase.RESULT, kept));
          }
        });
  }

  private void submitted(JsonNode answer, TaskEvents.Plan plan) {
    events.submitted(Payload.of(answer));
    ObjectNode data = submission(plan);
    if (answer.has("ExecutionArn")) {
      data.put("execution", answer.get("ExecutionArn").asText());
    }
    frame.position(frame.position().in(Phase.SUBMITTED, data));
  }

  private ObjectNode submission(TaskEvents.Plan plan) {
    ObjectNode data = plan.data(frame.taskToken());
    return plan.heartbeat() == null ? data : data.put("heartbeat", plan.heartbeat());
  }

  private JsonNode succeeded(JsonNode answer) {
    journal.note(
        frame,
        () -> {
          events.succeeded(Payload.of(answer));
          if (journal.isKept()) {
            ObjectNode kept = Json.object();
            kept.set("result", answer);
            frame.position(frame.position().in(Phase.RESULT, kept));
          }
        });
    return answer;
  }

  /** Notes the error of a call before it goes on its way. */
  private <T> T outcomeOf(Supplier<T> call) {
    try {
      return call.get();
    } catch (StateError e) {
      noteFailure(e);
      throw e;
    }
  }

  private void noteFailure(StateError e) {
    if (StateError.RUNTIME.equals(e.error())) {
      return;
    }
    journal.note(
        frame,
        () -> {
          events.failed(e);
          frame.position(frame.position().in(Phase.FAILED, Details.error(e)));
        });
  }

  /** Waits for the answer of a call on a thread of its own, so that a timeout need not. */
  private JsonNode waitForAnswer(CallSite site, JsonNode arguments, @Nullable Instant deadline) {
    var ticket = new Object();
    run.engine()
        .env()
        .clock()
        .start(
            "task " + task.name(),
            () -> {
              Signal.Answered answered;
              try {
                answered = new Signal.Answered(ticket, connector.call(site, arguments), null);
              } catch (RuntimeException | Error e) {
                answered = new Signal.Answered(ticket, null, e);
              }
              frame.tell(answered);
            });
    return withDeadline(
        deadline,
        signal ->
            signal instanceof Signal.Answered answered && answered.ticket() == ticket
                ? result(answered)
                : null);
  }

  private static JsonNode result(Signal.Answered answered) {
    return switch (answered.error()) {
      case null -> Objects.requireNonNull(answered.result());
      case StateError e -> throw e;
      case RuntimeException e ->
          throw StateError.of(
              StateError.TASK_FAILED, e.getClass().getName() + ": " + e.getMessage());
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    };
  }

  private <T> T withDeadline(@Nullable Instant deadline, Function<Signal, @Nullable T> understood) {
    List<Timer> timers = new ArrayList<>();
    var late = new Object();
    if (deadline != null) {
      timers.add(run.engine().env().clock().at(deadline, () -> frame.tell(new Signal.Due(late))));
    }
    try {
      return frame.await(signal -> {
        if (signal instanceof Signal.Due(Object ticket) && ticket == late) {
          throw StateError.of(StateError.TIMEOUT, null);
        }
        return understood.apply(signal);
      });
    } finally {
      timers.forEach(Timer::cancel);
    }
  }

  /** Waits for the bearer of the token, or for the execution that was started. */
  private JsonNode report() {
    JsonNode data = frame.position().dataTree();
    if (data.has("token")) {
      frame.taskToken(data.get("token").asText());
    }
    String awaited = data.has("token") ? null : data.path("execution").asText();
    JsonNode answer =
        outcomeOf(() ->
            awaited == null
                ? new TaskTokens(run, frame).await(deadline(data), heartbeat(data), this::startedBy)
                : new ChildExecution(run, frame, sync2()).await(awaited, deadline(data)));
    JsonNode result = succeeded(answer);
    if (awaited == null) {
      String token = frame.taskToken();
      run.engine()
          .env()
          .store()
          .write(tx -> {
            TaskTokens.drop(tx, Objects.requireNonNull(token));
            journal.write(tx);
            return null;
          });
    }
    return result;
  }

  /** Notes, once, that a worker has taken the task. */
  private void startedBy(@Nullable String worker) {
    JsonNode data = frame.position().dataTree();
    if (!data.path("started").asBoolean()) {
      journal.note(
          frame,
          () -> {
            events.startedBy(worker);
            frame.position(
                frame.position().in(Phase.SUBMITTED, ((ObjectNode) data).put("started", true)));
          });
      run.flush();
    }
  }

  private boolean sync2() {
    return task.resource() instanceof Resource.Integration call
        && call.pattern() == Resource.CallPattern.SYNC_2;
  }

  private void keepToken() {
    String token = frame.taskToken();
    if (token != null) {
      TaskTokens.keep(run, frame, token, run.engine().env().clock().now());
    }
  }

  private boolean usesToken() {
    return task.resource() instanceof Resource.Activity
        || task.resource() instanceof Resource.Integration call
            && call.pattern() == Resource.CallPattern.TASK_TOKEN;
  }

  private CallSite site(Scope scope) {
    Setting role = task.role();
    String roleArn = role == null ? run.revision().roleArn() : role.text(scope);
    return new CallSite(
        new Principal.RoleSession(roleArn, run.execution().name()),
        run.execution().machineArn(),
        run.execution().arn());
  }

  private TaskEvents.Plan plan(Scope scope) {
    Scope within = scope.withData(task.common().data().effectiveInput(scope));
    Long timeout = task.timeout() == null ? null : task.timeout().wholeNumber(within);
    Long heartbeat = task.heartbeat() == null ? null : task.heartbeat().wholeNumber(within);
    return new TaskEvents.Plan(
        timeout,
        heartbeat,
        timeout == null ? null : run.engine().env().clock().now().plusSeconds(timeout),
        task.role() == null ? null : task.role().text(scope));
  }

  private static @Nullable Instant deadline(JsonNode data) {
    return data.has("deadline") ? Instant.parse(data.get("deadline").asText()) : null;
  }

  private static @Nullable Long heartbeat(JsonNode data) {
    return data.has("heartbeat") ? data.get("heartbeat").longValue() : null;
  }
}
