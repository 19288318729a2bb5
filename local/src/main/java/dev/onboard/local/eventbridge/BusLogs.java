package dev.onboard.local.eventbridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.call.Environment;
import dev.onboard.local.eventbridge.Channel.Address;
import dev.onboard.local.eventbridge.Routes.ActiveRule;
import dev.onboard.local.eventbridge.Routes.Sink;
import dev.onboard.local.wire.SdkJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.IncludeDetail;
import software.amazon.awssdk.services.eventbridge.model.LogConfig;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/**
 * The records that a bus with a LogConfig writes of each step of an event's way.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-logs-schema.html">
 *     their schema</a>
 */
final class BusLogs {
  private final Environment env;
  private final Names names;
  private final VendedLogs vended;
  private volatile Map<String, Config> buses = Map.of();

  BusLogs(Environment env, Names names, VendedLogs vended) {
    this.env = env;
    this.names = names;
    this.vended = vended;
  }

  /** Takes up which buses log what. */
  void reload() {
    var logging = new HashMap<String, Config>();
    env.store()
        .read(tx ->
            tx.list(
                "SELECT name, log_config FROM events_bus WHERE log_config IS NOT NULL",
                r -> Map.entry(r.string(1), SdkJson.read(LogConfig.class, r.string(2)))))
        .forEach(bus -> {
          String level = bus.getValue().levelAsString();
          if (level != null && !level.equals("OFF")) {
            logging.put(
                bus.getKey(),
                new Config(
                    Level.valueOf(level), bus.getValue().includeDetail() == IncludeDetail.FULL));
          }
        });
    buses = Map.copyOf(logging);
  }

  void close() {
    vended.writeAll();
  }

  boolean isOff() {
    return buses.isEmpty();
  }

  /** What a bus logs; null if nothing. */
  @Nullable Config of(String bus) {
    return buses.isEmpty() ? null : buses.get(bus);
  }

  void accepted(Config config, BusEvent event, List<ActiveRule> rules, @Nullable String request) {
    JsonNode json = Input.Values.tree(event.json());
    if (rules.isEmpty() && json.path("source").asText().startsWith("aws.")) {
      return;
    }
    var source = new Source(event.bus(), event.id(), request, null);
    for (Step step :
        List.of(Step.EVENT_RECEIPT, Step.EVENT_INGEST_SUCCESS, Step.RULE_MATCH_START)) {
      if (config.has(step)) {
        ObjectNode details = object();
        details.put("caller_account_id", env.account());
        details.put("source_time_ms", event.time().toEpochMilli());
        details.put("source", json.path("source").asText());
        details.put("detail_type", json.path("detail-type").asText());
        details.set("resources", json.path("resources"));
        if (config.full) {
          details.put("event_detail", json.path("detail").toString());
        }
        write(source, step, details, null);
      }
    }
    if (rules.isEmpty() && config.has(Step.NO_STANDARD_RULES_MATCHED)) {
      write(source, Step.NO_STANDARD_RULES_MATCHED, object(), null);
    }
    rules.forEach(rule -> matched(config, event, rule, request));
  }

  private void matched(Config config, BusEvent event, ActiveRule rule, @Nullable String request) {
    if (config.has(Step.RULE_MATCH)) {
      ObjectNode details = object();
      details.put("rule_arn", rule.arn());
      var targets = details.putArray("target_arns");
      var ids = details.putArray("invocation_ids");
      for (Sink sink : rule.sinks()) {
        targets.add(sink.address().target().arn());
        ids.add(invocation(event, sink.address()));
      }
      write(new Source(event.bus(), event.id(), request, null), Step.RULE_MATCH, details, null);
    }
    for (Sink sink : rule.sinks()) {
      start(config, event, sink.address(), Step.INVOCATION_START, 1, request);
    }
  }

  void refused(
      Config config,
      String bus,
      PutEventsRequestEntry entry,
      PutEventsResultEntry refusal,
      @Nullable String request) {
    if (!config.has(Step.EVENT_INGEST_FAILURE)) {
      return;
    }
    ObjectNode details = object();
    details.put("caller_account_id", env.account());
    Instant time = entry.time() == null ? env.clock().now() : entry.time();
    details.put("source_time_ms", time.toEpochMilli());
    details.put("source", entry.source());
    details.put("detail_type", entry.detailType());
    entry.resources().forEach(details.putArray("resources")::add);
    if (config.full) {
      details.put("event_detail", entry.detail());
    }
    ObjectNode error = object();
    error.put("http_status_code", 400);
    error.put("error_message", refusal.errorCode() + ": " + refusal.errorMessage());
    error.put("aws_service", "AWSEvents");
    write(new Source(bus, null, request, null), Step.EVENT_INGEST_FAILURE, details, error);
  }

  void throttled(Config config, BusEvent event, Address address, int attempt) {
    start(config, event, address, Step.INVOCATION_THROTTLE_START, attempt, null);
  }

  private void start(
      Config config,
      BusEvent event,
      Address address,
      Step step,
      int attempt,
      @Nullable String request) {
    if (config.has(step)) {
      ObjectNode details = target(address);
      details.put("attempt_count", attempt);
      input(config, event, address, details);
      write(source(event, address, request), step, details, null);
    }
  }

  void attempted(Config config, Telemetry.Attempt attempt) {
    BusEvent event = attempt.event();
    start(config, event, attempt.address(), Step.INVOCATION_ATTEMPT_START, attempt.number(), null);
    Step result = Step.of(attempt.outcome());
    Source source = source(event, attempt.address(), null);
    if (config.has(result)) {
      ObjectNode details = target(attempt.address());
      details.put("attempt_type", attempt.number() == 1 ? "FIRST" : "RETRY");
      details.put("attempt_count", attempt.number());
      details.put("invocation_status", status(attempt.outcome()));
      answer(config, attempt, details);
      write(source, result, details, error(attempt));
    }
    if (attempt.isLast()) {
      boolean delivered = attempt.outcome() instanceof Outcome.Delivered;
      last(config, attempt, source, delivered ? Step.INVOCATION_SUCCESS : Step.INVOCATION_FAILURE);
      if (!delivered && attempt.failure() != null && attempt.deadLetterQueue() != null) {
        last(config, attempt, source, Step.INVOCATION_DLQ);
      }
    }
  }

  private void last(Config config, Telemetry.Attempt attempt, Source source, Step step) {
    if (!config.has(step)) {
      return;
    }
    BusEvent event = attempt.event();
    ObjectNode details = target(attempt.address());
    input(config, event, attempt.address(), details);
    details.put("total_attempts", attempt.number());
    details.put("final_invocation_status", status(attempt.outcome()));
    long complete = Duration.between(event.ingested(), attempt.ended()).toMillis();
    if (attempt.number() == 1) {
      details.put(
          "ingestion_to_start_latency_ms",
          Duration.between(event.ingested(), attempt.begun()).toMillis());
      details.put("ingestion_to_complete_latency_ms", complete);
    }
    if (step == Step.INVOCATION_SUCCESS) {
      details.put("ingestion_to_success_latency_ms", complete);
    }
    answer(config, attempt, details);
    write(source, step, details, error(attempt));
  }

  private static void answer(Config config, Telemetry.Attempt attempt, ObjectNode details) {
    details.put(
        "target_duration_ms", Duration.between(attempt.begun(), attempt.ended()).toMillis());
    Outcome.Answer answer =
        switch (attempt.outcome()) {
          case Outcome.Delivered delivered -> delivered.answer();
          case Outcome.Failed failed -> failed.answer();
          case Outcome.Dropped ignored -> Outcome.Answer.NONE;
        };
    if (config.full && answer.body() != null) {
      details.put("target_response_body", answer.body());
    }
  }

  private static @Nullable ObjectNode error(Telemetry.Attempt attempt) {
    if (attempt.outcome() instanceof Outcome.Delivered) {
      return null;
    }
    ObjectNode error = object();
    Outcome.Failed failed = attempt.failure();
    if (failed != null && failed.answer().status() > 0) {
      error.put("http_status_code", failed.answer().status());
    }
    error.put("error_message", attempt.standing().message());
    error.put("aws_service", attempt.address().target().arn().split(":", 4)[2]);
    if (failed != null && failed.answer().requestId() != null) {
      error.put("request_id", failed.answer().requestId());
    }
    return error;
  }

  private static ObjectNode target(Address address) {
    ObjectNode details = object();
    details.put("rule_arn", address.rule().arn());
    if (address.target().roleArn() != null) {
      details.put("role_arn", address.target().roleArn());
    }
    return details.put("target_arn", address.target().arn());
  }

  private static void input(Config config, BusEvent event, Address address, ObjectNode details) {
    if (config.full) {
      Input.of(address.target())
          .render(event, address.rule())
          .ifPresent(text -> details.put("target_input", text));
      var properties = object();
      if (address.target().sqsParameters() != null) {
        properties.put("messageGroupId", address.target().sqsParameters().messageGroupId());
      }
      if (address.target().httpParameters() != null) {
        properties.set(
            "httpParameters", Input.Values.tree(SdkJson.write(address.target().httpParameters())));
      }
      details.put("target_properties", properties.toString());
    }
  }

  private void write(Source source, Step step, ObjectNode details, @Nullable ObjectNode error) {
    ObjectNode line = object();
    Instant now = env.clock().now();
    line.put("resource_arn", names.busArn(source.bus));
    line.put("message_timestamp_ms", now.toEpochMilli());
    line.put("event_bus_name", source.bus);
    if (source.request != null) {
      line.put("request_id", source.request);
    }
    if (source.event != null) {
      line.put("event_id", source.event);
    }
    if (source.invocation != null) {
      line.put("invocation_id", source.invocation);
    }
    line.put("message_type", step.name());
    line.put("log_level", step.level.name());
    line.set("details", details);
    if (error != null) {
      line.set("error", error);
    }
    vended.add(new VendedLogs.Line(source.bus, step.level.name(), now, LogLine.text(line)));
  }

  private Source source(BusEvent event, Address address, @Nullable String request) {
    return new Source(event.bus(), event.id(), request, invocation(event, address));
  }

  /** The id of an event's way to one target, the same for all its attempts. */
  private static String invocation(BusEvent event, Address address) {
    String name = event.id() + ' ' + address.rule().arn() + ' ' + address.target().id();
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static String status(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Delivered ignored -> "SUCCESS";
      case Outcome.Failed failed -> failed.code();
      case Outcome.Dropped dropped -> dropped.code();
    };
  }

  private static ObjectNode object() {
    return Input.Values.JSON.createObjectNode();
  }

  /** What a bus logs: records up to a level, with what is in the event or without. */
  record Config(Level level, boolean full) {
    boolean has(Step step) {
      return step.level.compareTo(level) <= 0;
    }
  }

  /** From which bus and of what a record is. */
  private record Source(
      String bus, @Nullable String event, @Nullable String request, @Nullable String invocation) {}

  /** How much is logged; each has what those before it have. */
  enum Level {
    ERROR,
    INFO,
    TRACE
  }

  /** The steps, and from which level on each is logged. */
  private enum Step {
    EVENT_INGEST_FAILURE(Level.ERROR),
    EVENT_INGEST_SUCCESS(Level.INFO),
    EVENT_RECEIPT(Level.TRACE),
    RULE_MATCH_START(Level.TRACE),
    RULE_MATCH(Level.INFO),
    NO_STANDARD_RULES_MATCHED(Level.INFO),
    INVOCATION_START(Level.INFO),
    INVOCATION_THROTTLE_START(Level.TRACE),
    INVOCATION_ATTEMPT_START(Level.TRACE),
    INVOCATION_ATTEMPT_SUCCESS(Level.TRACE),
    INVOCATION_ATTEMPT_THROTTLE(Level.ERROR),
    INVOCATION_ATTEMPT_RETRYABLE_FAILURE(Level.ERROR),
    INVOCATION_ATTEMPT_PERMANENT_FAILURE(Level.ERROR),
    INVOCATION_SUCCESS(Level.INFO),
    INVOCATION_FAILURE(Level.ERROR),
    INVOCATION_DLQ(Level.ERROR);

    private final Level level;

    Step(Level level) {
      this.level = level;
    }

    static Step of(Outcome outcome) {
      return switch (outcome) {
        case Outcome.Delivered ignored -> INVOCATION_ATTEMPT_SUCCESS;
        case Outcome.Dropped ignored -> INVOCATION_ATTEMPT_PERMANENT_FAILURE;
        case Outcome.Failed failed when !failed.retryable() -> INVOCATION_ATTEMPT_PERMANENT_FAILURE;
        case Outcome.Failed failed when failed.code().equals("THROTTLING") ->
            INVOCATION_ATTEMPT_THROTTLE;
        case Outcome.Failed ignored -> INVOCATION_ATTEMPT_RETRYABLE_FAILURE;
      };
    }
  }
}
