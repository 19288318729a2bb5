package dev.onboard.local.eventbridge;

import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** The kinds of targets that this runtime has, and the principal in whose name each is called. */
final class Channels {
  static final Principal SERVICE = new Principal.Service("events.amazonaws.com");

  private static final int SESSION_NAME_LENGTH = 64;

  private final Environment env;
  private final QueueChannel queues;
  private final LogChannel logs;
  private final TopicChannel topics;
  private final StateMachineChannel stateMachines;
  private final FunctionChannel functions;
  private final DestinationChannel destinations;
  private final DiscovererChannel discoverers;
  private final ConcurrentHashMap<ClientKey, SdkClient> clients = new ConcurrentHashMap<>();

  Channels(Environment env, DestinationChannel destinations) {
    this.env = env;
    this.queues = new QueueChannel(this);
    this.logs = new LogChannel(this, env.clock());
    this.topics = new TopicChannel(this);
    this.stateMachines = new StateMachineChannel(this);
    this.functions = new FunctionChannel(this);
    this.destinations = destinations;
    this.discoverers = new DiscovererChannel(env);
  }

  /** The channel for a target's ARN; null if it is a bus, or of a kind that is not supported. */
  @Nullable Channel of(String arn) {
    return switch (Kind.of(arn)) {
      case QUEUE -> queues;
      case LOG_GROUP -> logs;
      case TOPIC -> topics;
      case STATE_MACHINE -> stateMachines;
      case FUNCTION -> functions;
      case API_DESTINATION -> destinations;
      case DISCOVERER -> discoverers;
      case BUS, OTHER -> null;
    };
  }

  QueueChannel queues() {
    return queues;
  }

  /** A client that calls in the name of the target's role, or of EventBridge if it has none. */
  <C extends SdkClient> C client(Class<C> contract, Channel.Address address) {
    String role = address.target().roleArn();
    if (role == null) {
      return client(contract, SERVICE);
    }
    String session = address.rule().name();
    return client(
        contract,
        new Principal.RoleSession(
            role, session.substring(0, Math.min(SESSION_NAME_LENGTH, session.length()))));
  }

  <C extends SdkClient> C client(Class<C> contract, Principal caller) {
    return contract.cast(
        clients.computeIfAbsent(
            new ClientKey(contract, caller), k -> env.client(contract, caller)));
  }

  /** Makes a call of which nothing stays if it fails. */
  Outcome attempt(Runnable call) {
    return attempt(() -> {
      call.run();
      return Outcome.DELIVERED;
    });
  }

  Outcome attempt(Supplier<Outcome> call) {
    try {
      return env.store().write(tx -> call.get());
    } catch (RuntimeException e) {
      return Failures.of(e);
    }
  }

  /** Attempts every invocation on its own. */
  List<Outcome> each(List<Channel.Invocation> invocations, Consumer<Channel.Invocation> call) {
    var outcomes = new ArrayList<Outcome>(invocations.size());
    for (Channel.Invocation invocation : invocations) {
      outcomes.add(attempt(() -> call.accept(invocation)));
    }
    return outcomes;
  }

  private record ClientKey(Class<?> contract, Principal caller) {}

  /** What an ARN may name as a target. */
  enum Kind {
    BUS,
    QUEUE,
    LOG_GROUP,
    TOPIC,
    STATE_MACHINE,
    FUNCTION,
    API_DESTINATION,
    DISCOVERER,
    OTHER;

    static Kind of(String arn) {
      String[] parts = arn.split(":", 6);
      if (parts.length < 6) {
        return OTHER;
      }
      return switch (parts[2]) {
        case "events" ->
            parts[5].startsWith("event-bus/")
                ? BUS
                : parts[5].startsWith("api-destination/") ? API_DESTINATION : OTHER;
        case "sqs" -> QUEUE;
        case "logs" -> parts[5].startsWith("log-group:") ? LOG_GROUP : OTHER;
        case "sns" -> TOPIC;
        case "states" -> parts[5].startsWith("stateMachine:") ? STATE_MACHINE : OTHER;
        case "schemas" -> parts[5].startsWith("discoverer/") ? DISCOVERER : OTHER;
        case "lambda" -> parts[5].startsWith("function:") ? FUNCTION : OTHER;
        default -> OTHER;
      };
    }

    static boolean isFifoQueue(Target target) {
      return of(target.arn()) == QUEUE && target.arn().endsWith(".fifo");
    }
  }
}
