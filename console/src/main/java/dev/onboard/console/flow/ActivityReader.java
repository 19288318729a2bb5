package dev.onboard.console.flow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.web.Environment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ListExecutionsResponse;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** Asks the services what happened: rules by CloudWatch's metrics, the rest by their own lists. */
final class ActivityReader {
  /** The order in which a rule's numbers are kept. */
  private static final List<String> METRICS =
      List.of("TriggeredRules", "Invocations", "FailedInvocations", "InvocationsSentToDlq");

  private static final int QUERIES_A_CALL = 500;
  private static final int EXECUTIONS = 1000;
  private static final String INVOCATIONS = "1000";

  private final Environment env;
  private final Window window;
  private final Instant now;

  ActivityReader(Environment env, Window window) {
    this.env = env;
    this.window = window;
    this.now = env.now();
  }

  Activity read(FlowMap map) {
    var queues = new HashMap<String, Activity.Queue>();
    present(map, Kind.QUEUE).forEach(queue -> queues.put(queue.id(), queue(queue)));
    var workflows = new HashMap<String, Activity.Workflow>();
    present(map, Kind.WORKFLOW).forEach(machine -> workflows.put(machine.id(), workflow(machine)));
    long mails =
        env.questions()
            .askOne("counts", Map.of("since", window.before(now).toString()))
            .path("mails")
            .asLong();
    return new Activity(
        rules(present(map, Kind.RULE)),
        queues,
        workflows,
        functions(present(map, Kind.FUNCTION)),
        mails);
  }

  private static List<Part> present(FlowMap map, Kind kind) {
    return map.parts(kind).stream().filter(Part::isThere).toList();
  }

  private Map<String, Activity.Rule> rules(List<Part> rules) {
    var queries = new ArrayList<MetricDataQuery>();
    for (Part rule : rules) {
      for (String metric : METRICS) {
        queries.add(query("m" + queries.size(), rule, metric));
      }
    }
    var sums = new long[queries.size()];
    for (int from = 0; from < queries.size(); from += QUERIES_A_CALL) {
      List<MetricDataQuery> some =
          queries.subList(from, Math.min(queries.size(), from + QUERIES_A_CALL));
      for (MetricDataResult result :
          env.sdk()
              .client(CloudWatchClient.class)
              .getMetricData(g ->
                  g.metricDataQueries(some)
                      .startTime(window.before(now))
                      .endTime(now.plusSeconds(1)))
              .metricDataResults()) {
        double sum = result.values().stream().mapToDouble(Double::doubleValue).sum();
        sums[Integer.parseInt(result.id().substring(1))] += Math.round(sum);
      }
    }
    var found = new HashMap<String, Activity.Rule>();
    for (int i = 0; i < rules.size(); i++) {
      int at = i * METRICS.size();
      found.put(
          rules.get(i).id(), new Activity.Rule(sums[at], sums[at + 1], sums[at + 2], sums[at + 3]));
    }
    return found;
  }

  /** A rule of the default bus is named alone. */
  private MetricDataQuery query(String id, Part rule, String metric) {
    var dimensions = new ArrayList<Dimension>();
    if (!rule.bus().equals(FlowMap.DEFAULT_BUS)) {
      dimensions.add(Dimension.builder().name("EventBusName").value(rule.bus()).build());
    }
    dimensions.add(Dimension.builder().name("RuleName").value(rule.ruleName()).build());
    return MetricDataQuery.builder()
        .id(id)
        .metricStat(s ->
            s.metric(m -> m.namespace("AWS/Events").metricName(metric).dimensions(dimensions))
                .stat("Sum")
                .period(window.periodSeconds()))
        .build();
  }

  private Activity.Queue queue(Part queue) {
    try {
      Map<QueueAttributeName, String> attributes =
          env.sdk()
              .client(SqsClient.class)
              .getQueueAttributes(g ->
                  g.queueUrl(queue.name())
                      .attributeNames(
                          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED,
                          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
              .attributes();
      return new Activity.Queue(
          number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)
              + number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED),
          number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
    } catch (QueueDoesNotExistException e) {
      // Somebody deleted it behind the stack's back, or the stack is going.
      return Activity.Queue.EMPTY;
    }
  }

  private static long number(Map<QueueAttributeName, String> attributes, QueueAttributeName name) {
    return Long.parseLong(attributes.getOrDefault(name, "0"));
  }

  private Activity.Workflow workflow(Part machine) {
    try {
      return workflow(
          env.sdk()
              .client(SfnClient.class)
              .listExecutions(l -> l.stateMachineArn(machine.name()).maxResults(EXECUTIONS)));
    } catch (StateMachineDoesNotExistException e) {
      // As with queues.
      return Activity.Workflow.NOTHING;
    }
  }

  private Activity.Workflow workflow(ListExecutionsResponse newest) {
    long running = 0;
    long succeeded = 0;
    long failed = 0;
    for (ExecutionListItem execution : newest.executions()) {
      boolean isRecent = !execution.startDate().isBefore(window.before(now));
      switch (execution.status()) {
        case RUNNING, PENDING_REDRIVE -> running++;
        case SUCCEEDED -> succeeded += isRecent ? 1 : 0;
        default -> failed += isRecent ? 1 : 0;
      }
    }
    return new Activity.Workflow(running, succeeded, failed, newest.nextToken() != null);
  }

  private Map<String, Activity.Function> functions(List<Part> functions) {
    var found = new HashMap<String, Activity.Function>();
    List<? extends JsonNode> waiting =
        env.questions().ask("invocations", Map.of("limit", INVOCATIONS));
    for (Part function : functions) {
      long all = 0;
      long failed = 0;
      for (JsonNode invocation : waiting) {
        if (invocation.path("function").asText().equals(function.name())) {
          all++;
          failed += invocation.path("attempts").asInt() > 0 ? 1 : 0;
        }
      }
      found.put(function.id(), new Activity.Function(all, failed));
    }
    return found;
  }
}
