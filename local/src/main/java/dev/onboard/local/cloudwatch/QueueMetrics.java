package dev.onboard.local.cloudwatch;

import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The metrics of queues that alarms look at, asked for once a minute as SQS reports them. Metrics of
 * other services are not reported by this runtime; alarms on them find no data.
 */
final class QueueMetrics {
  private static final Logger LOG = LoggerFactory.getLogger(QueueMetrics.class);
  private static final Map<String, QueueAttributeName> REPORTED =
      Map.of(
          "ApproximateNumberOfMessagesVisible",
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
          "ApproximateNumberOfMessagesNotVisible",
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
          "ApproximateNumberOfMessagesDelayed",
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED);

  private final Environment env;
  private final Metrics metrics;

  QueueMetrics(Environment env, Metrics metrics) {
    this.env = env;
    this.metrics = metrics;
  }

  void record(List<MetricAlarm> alarms) {
    Set<String> queues = new LinkedHashSet<>();
    for (MetricAlarm alarm : alarms) {
      if ("AWS/SQS".equals(alarm.namespace()) && REPORTED.containsKey(alarm.metricName())) {
        alarm.dimensions().stream()
            .filter(d -> d.name().equals("QueueName"))
            .map(Dimension::value)
            .forEach(queues::add);
      }
    }
    queues.forEach(this::record);
  }

  private void record(String queue) {
    SqsClient sqs = env.client(SqsClient.class, new Principal.Service("cloudwatch.amazonaws.com"));
    try {
      String url = sqs.getQueueUrl(g -> g.queueName(queue)).queueUrl();
      Map<QueueAttributeName, String> counts =
          sqs.getQueueAttributes(g -> g.queueUrl(url).attributeNames(QueueAttributeName.ALL))
              .attributes();
      REPORTED.forEach(
          (metric, attribute) ->
              metrics.put(
                  "AWS/SQS",
                  MetricDatum.builder()
                      .metricName(metric)
                      .dimensions(Dimension.builder().name("QueueName").value(queue).build())
                      // The point belongs to the minute that is over, so that it is seen at once.
                      .timestamp(env.clock().now().minusSeconds(60))
                      .value(Double.valueOf(counts.getOrDefault(attribute, "0")))
                      .unit("Count")
                      .build()));
    } catch (AwsServiceException e) {
      LOG.debug("the queue {} reports no metrics", queue, e);
    }
  }
}
