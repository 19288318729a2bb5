package dev.onboard.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** One file on its way: uploaded, then followed to its end through the imports table. */
final class ImportRun {
  private static final Duration UNTIL_REGISTERED = Duration.ofSeconds(90);
  private static final Duration MAILS_STAND_STILL = Duration.ofSeconds(45);

  private final Clients clients;
  private final Map<String, String> outputs;
  private final Progress progress;
  private final long startedNanos = System.nanoTime();

  ImportRun(Clients clients, Map<String, String> outputs, Progress progress) {
    this.clients = clients;
    this.outputs = outputs;
    this.progress = progress;
  }

  double seconds() {
    return (System.nanoTime() - startedNanos) / 1e9;
  }

  /** Uploads and follows until the import ended and its welcome mails are sent. */
  ImportSummary run(Path file) {
    String bucket = output("UploadBucketName");
    String name = String.valueOf(file.getFileName());
    // The rule takes what ends in .csv; a file of another name is a CSV file all the same here.
    String key = name.toLowerCase(Locale.ROOT).endsWith(".csv") ? name : name + ".csv";
    progress.uploading(file, size(file));
    PutObjectResponse put =
        clients
            .s3()
            .putObject(
                p -> p.bucket(bucket).key(key).contentType("text/csv"), RequestBody.fromFile(file));
    String version = put.versionId() == null ? "" : put.versionId();
    String importId = awaitRegistration(key, version);
    ImportSummary summary = follow(importId);
    progress.done(summary, seconds());
    return summary;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (java.io.IOException e) {
      throw new Failure(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private String awaitRegistration(String key, String version) {
    long since = System.nanoTime();
    while (System.nanoTime() - since < UNTIL_REGISTERED.toNanos()) {
      Optional<String> found =
          clients
              .dynamoDb()
              .query(q ->
                  q.tableName(output("ImportsTableName"))
                      .indexName("by-upload")
                      .keyConditionExpression("#key = :key AND #version = :version")
                      .expressionAttributeNames(Map.of("#key", "key", "#version", "version"))
                      .expressionAttributeValues(
                          Map.of(
                              ":key", AttributeValue.fromS(key),
                              ":version", AttributeValue.fromS(version))))
              .items()
              .stream()
              .map(item -> item.get("importId").s())
              .findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      pause();
    }
    throw new Failure(
        "the file was uploaded, but no import began within "
            + UNTIL_REGISTERED.toSeconds()
            + " s; look at ./onboard events and at the queue "
            + outputs.get("UndeliveredEventsQueueUrl"));
  }

  private ImportSummary follow(String importId) {
    long lastToCome = -1;
    long stillSince = System.nanoTime();
    while (true) {
      ImportSummary summary = read(importId);
      progress.at(summary, seconds());
      if (summary.isRunning()) {
        stillSince = System.nanoTime();
        checkExecution(importId);
      } else if (!summary.isCompleted() || summary.mailsToCome() == 0) {
        return summary;
      } else if (summary.mailsToCome() != lastToCome) {
        lastToCome = summary.mailsToCome();
        stillSince = System.nanoTime();
      } else if (System.nanoTime() - stillSince > MAILS_STAND_STILL.toNanos()) {
        progress.note(
            summary.mailsToCome()
                + " welcome mails are still to be sent; what cannot be sent ends in "
                + outputs.get("WelcomeMailDeadLettersUrl"));
        return summary;
      }
      pause();
    }
  }

  private long nextCheckNanos = System.nanoTime() + Duration.ofSeconds(10).toNanos();

  /** An execution that was stopped or timed out cannot say so in the table; it is asked itself. */
  private void checkExecution(String importId) {
    if (System.nanoTime() < nextCheckNanos) {
      return;
    }
    nextCheckNanos = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    AttributeValue execution = item(importId).get("execution");
    if (execution == null) {
      return;
    }
    ExecutionStatus status =
        clients.stepFunctions().describeExecution(d -> d.executionArn(execution.s())).status();
    if (status != ExecutionStatus.RUNNING
        && status != ExecutionStatus.SUCCEEDED
        && read(importId).isRunning()) {
      throw new Failure(
          "the import "
              + importId
              + " ended as "
              + status
              + "; see the execution "
              + execution.s());
    }
  }

  private ImportSummary read(String importId) {
    return ImportSummary.of(item(importId));
  }

  private Map<String, AttributeValue> item(String importId) {
    return clients
        .dynamoDb()
        .getItem(g ->
            g.tableName(output("ImportsTableName"))
                .key(Map.of("importId", AttributeValue.fromS(importId)))
                .consistentRead(true))
        .item();
  }

  private String output(String name) {
    String value = outputs.get(name);
    if (value == null) {
      throw new Failure("the stack has no output " + name + "; deploy it again");
    }
    return value;
  }

  private void pause() {
    long millis = seconds() < 10 ? 50 : 200;
    Pause.of(clients.isLocal() ? Duration.ofMillis(millis) : Duration.ofSeconds(1));
  }
}
