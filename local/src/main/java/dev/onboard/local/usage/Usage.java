package dev.onboard.local.usage;

import java.util.Locale;

/**
 * A kind of usage that AWS puts on a bill. What AWS gives away for nothing (calls that manage
 * things, deliveries of EventBridge to services of the account, logs' deletion) is no usage.
 */
public enum Usage {
  /** Events that were published with PutEvents by anybody but a service of AWS. */
  CUSTOM_EVENTS("events", "Event-64K-Chunks", "64 KB chunks"),
  /**
   * Events of a service's data plane, which it publishes to those who asked for them.
   *
   * @see <a href="https://aws.amazon.com/eventbridge/pricing/">EventBridge pricing</a>
   */
  OPT_IN_EVENTS("events", "Event-64K-Chunks", "64 KB chunks"),
  /** Copies on another bus, which AWS bills as custom events. */
  FORWARDED_EVENTS("events", "Event-64K-Chunks", "64 KB chunks"),
  REPLAYED_EVENTS("events", "Event-64K-Chunks", "64 KB chunks"),
  ARCHIVED_BYTES("events", "ArchivedEvents-Bytes", "GB"),
  API_DESTINATION_CALLS("events", "Invocation-64K-Chunks", "64 KB chunks"),
  DISCOVERED_EVENTS("schemas", "Event-8K-Chunks", "8 KB chunks"),
  STATE_TRANSITIONS("states", "StateTransition", "transitions"),
  EXPRESS_REQUESTS("states", "StepFunctions-Request", "executions"),
  EXPRESS_DURATION("states", "StepFunctions-GB-Second", "GB-seconds"),
  REQUESTS("lambda", "Request", "invocations"),
  DURATION("lambda", "Lambda-GB-Second", "GB-seconds"),
  REQUESTS_ARM("lambda", "Request-ARM", "invocations"),
  DURATION_ARM("lambda", "Lambda-GB-Second-ARM", "GB-seconds"),
  WRITE_UNITS("dynamodb", "WriteRequestUnits", "units"),
  READ_UNITS("dynamodb", "ReadRequestUnits", "units"),
  /** PUT, COPY, POST and LIST requests. */
  TIER_1_REQUESTS("s3", "Requests-Tier1", "requests"),
  /** GET and all others but DELETE. */
  TIER_2_REQUESTS("s3", "Requests-Tier2", "requests"),
  QUEUE_REQUESTS("sqs", "Requests-RBP", "64 KB requests"),
  FIFO_QUEUE_REQUESTS("sqs", "Requests-FIFO-RBP", "64 KB requests"),
  TOPIC_REQUESTS("sns", "Requests-Tier1", "64 KB requests"),
  MAILS("ses", "Recipients", "recipients"),
  LOGGED_BYTES("logs", "DataProcessing-Bytes", "GB"),
  /** Custom metrics, each for every hour in which something was put into it. */
  METRIC_HOURS("monitoring", "CW:MetricMonitorUsage", "metric-hours"),
  METRIC_REQUESTS("monitoring", "CW:Requests", "requests"),
  METRICS_READ("monitoring", "CW:GMD-Metrics", "metrics");

  private final String service;
  private final String billedAs;
  private final String unit;

  Usage(String service, String billedAs, String unit) {
    this.service = service;
    this.billedAs = billedAs;
    this.unit = unit;
  }

  /** The service's signing name. */
  public String service() {
    return service;
  }

  /** The usage type of AWS's price list, without its region; several may have the same. */
  public String billedAs() {
    return billedAs;
  }

  /** What the quantity counts; a GB is 2^30 bytes. */
  public String unit() {
    return unit;
  }

  /** The name under which it is told, such as {@code custom-events}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
