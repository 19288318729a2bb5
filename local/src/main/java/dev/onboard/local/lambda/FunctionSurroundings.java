package dev.onboard.local.lambda;

import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import dev.onboard.local.lambda.process.FunctionSpec;
import dev.onboard.local.lambda.process.InstanceLauncher.Home;
import dev.onboard.local.usage.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** What Lambda does for a function's process: the credentials of its role, and its log. */
final class FunctionSurroundings {
  private static final Logger LOG = LoggerFactory.getLogger(FunctionSurroundings.class);

  private static final double MEGABYTES_A_GIGABYTE = 1024;
  private static final double MILLIS_A_SECOND = 1000;

  private final Environment env;
  private final Map<String, Boolean> streams = new ConcurrentHashMap<>();

  FunctionSurroundings(Environment env) {
    this.env = env;
  }

  Home home(FunctionSpec spec) {
    Credentials credentials =
        env.client(StsClient.class, new Principal.Service("lambda.amazonaws.com"))
            .assumeRole(r -> r.roleArn(spec.roleArn()).roleSessionName(session(spec)))
            .credentials();
    return new Home(
        env.endpoint().get(),
        env.region(),
        Map.of(
            "AWS_ACCESS_KEY_ID", credentials.accessKeyId(),
            "AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey(),
            "AWS_SESSION_TOKEN", credentials.sessionToken()),
        credentials.expiration());
  }

  /** Puts lines into the function's log stream, in the name of its role, as Lambda does. */
  void log(FunctionSpec spec, String stream, List<Map.Entry<Instant, String>> lines) {
    CloudWatchLogsClient logs =
        env.client(
            CloudWatchLogsClient.class, new Principal.RoleSession(spec.roleArn(), session(spec)));
    try {
      // Whoever comes second must wait until the stream is there.
      streams.computeIfAbsent(
          stream,
          s -> {
            create(logs, spec.logGroup(), s);
            return true;
          });
      logs.putLogEvents(p ->
          p.logGroupName(spec.logGroup())
              .logStreamName(stream)
              .logEvents(
                  lines.stream()
                      .map(l ->
                          InputLogEvent.builder()
                              .timestamp(l.getKey().toEpochMilli())
                              .message(l.getValue())
                              .build())
                      .toList()));
    } catch (AwsServiceException e) {
      LOG.warn("the log of {} could not be kept: {}", spec.name(), AwsErrors.message(e));
    }
  }

  /** Counts an invocation: one request, and memory for as long as it took. */
  void bill(FunctionSpec spec, long millis) {
    env.meter().add(spec.arm() ? Usage.REQUESTS_ARM : Usage.REQUESTS, spec.name(), 1);
    env.meter()
        .add(
            spec.arm() ? Usage.DURATION_ARM : Usage.DURATION,
            spec.name(),
            spec.memory() / MEGABYTES_A_GIGABYTE * millis / MILLIS_A_SECOND);
  }

  private static void create(CloudWatchLogsClient logs, String group, String stream) {
    try {
      logs.createLogGroup(g -> g.logGroupName(group));
    } catch (ResourceAlreadyExistsException e) {
      LOG.trace("{} is there already", group);
    }
    try {
      logs.createLogStream(s -> s.logGroupName(group).logStreamName(stream));
    } catch (ResourceAlreadyExistsException e) {
      LOG.trace("{} is there already", stream);
    }
  }

  private static String session(FunctionSpec spec) {
    return spec.name().length() > 64 ? spec.name().substring(0, 64) : spec.name();
  }
}
