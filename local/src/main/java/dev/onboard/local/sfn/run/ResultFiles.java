package dev.onboard.local.sfn.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import dev.onboard.local.sfn.asl.Json;
import dev.onboard.local.sfn.asl.State;
import dev.onboard.local.sfn.asl.StateError;
import dev.onboard.local.sfn.asl.Timestamps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The results of a map run, as its ResultWriter wants them: in files with a manifest, or as output.
 */
final class ResultFiles {
  private static final int PAGE = 200;

  private final Environment env;
  private final Principal caller;
  private final MapRun run;
  private final State.Transformation transformation;
  private final boolean lines;

  ResultFiles(
      Environment env,
      Principal caller,
      MapRun run,
      State.Transformation transformation,
      boolean lines) {
    this.env = env;
    this.caller = caller;
    this.run = run;
    this.transformation = transformation;
    this.lines = lines;
  }

  /**
   * Writes the files and gives what the state's result says of them. Those of a redrive stand in a
   * folder of their own, and its manifest lists the good results of all attempts.
   */
  JsonNode write(String bucket, String prefix) {
    String base =
        (prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/")
            + run.arn().substring(run.arn().lastIndexOf(':') + 1);
    String folder = run.redriveCount() == 0 ? base : base + "/Redrive-" + run.redriveCount();
    ObjectNode files = Json.object();
    try {
      files.set("FAILED", group(bucket, folder, "FAILED", "status <> 'SUCCEEDED'"));
      files.set("PENDING", Json.array());
      files.set("SUCCEEDED", succeeded(bucket, folder));
      ObjectNode manifest =
          Json.object().put("DestinationBucket", bucket).put("MapRunArn", run.arn());
      manifest.set("ResultFiles", files);
      env.client(S3Client.class, caller)
          .putObject(
              b -> b.bucket(bucket).key(folder + "/manifest.json").contentType("application/json"),
              RequestBody.fromString(Json.text(manifest)));
    } catch (AwsServiceException e) {
      throw StateError.of("States.ResultWriterFailed", AwsErrors.message(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ObjectNode result = Json.object().put("MapRunArn", run.arn());
    result
        .putObject("ResultWriterDetails")
        .put("Bucket", bucket)
        .put("Key", folder + "/manifest.json");
    return result;
  }

  /** The file of this attempt's good results, after those of the attempts before. */
  private ArrayNode succeeded(String bucket, String folder) throws IOException {
    String before = run.resultFiles();
    ArrayNode files = before == null ? Json.array() : (ArrayNode) Json.read(before);
    Instant redriven = run.redriveDate();
    String since =
        before == null || redriven == null ? "" : " AND stopped >= " + redriven.toEpochMilli();
    files.addAll(group(bucket, folder, "SUCCEEDED", "status = 'SUCCEEDED'" + since));
    env.store()
        .write(tx -> {
          MapRun.wrote(tx, run.id(), Json.text(files));
          return null;
        });
    return files;
  }

  private ArrayNode group(String bucket, String folder, String name, String condition)
      throws IOException {
    Path file = Files.createTempFile("map-run", ".json");
    try {
      boolean any;
      try (Writer out = Files.newBufferedWriter(file)) {
        any = write(out, condition);
      }
      if (!any) {
        return Json.array();
      }
      String key = folder + "/" + name + "_0." + (lines ? "jsonl" : "json");
      env.client(S3Client.class, caller)
          .putObject(
              b -> b.bucket(bucket).key(key).contentType("application/json"),
              RequestBody.fromFile(file));
      return Json.array().add(Json.object().put("Key", key).put("Size", Files.size(file)));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private boolean write(Writer out, String condition) throws IOException {
    boolean any = false;
    long after = 0;
    while (true) {
      List<Execution> page = page(condition, after);
      for (Execution child : page) {
        for (String text : texts(child)) {
          out.write(any ? lines ? "\n" : "," : lines ? "" : "[");
          out.write(text);
          any = true;
        }
        after = child.id();
      }
      if (page.size() < PAGE) {
        out.write(any && !lines ? "]" : "");
        return any;
      }
    }
  }

  /** The outputs of all children as one JSON array, no longer than a state's output may be. */
  String output(int mostBytes) {
    var text = new StringBuilder("[");
    long after = 0;
    while (true) {
      List<Execution> page = page("1 = 1", after);
      for (Execution child : page) {
        for (String one : texts(child)) {
          text.append(text.length() == 1 ? "" : ",").append(one);
        }
        after = child.id();
        if (text.length() > mostBytes) {
          throw StateError.of(
              StateError.DATA_LIMIT_EXCEEDED,
              "The result of the Map Run exceeds the maximum number of bytes service limit.");
        }
      }
      if (page.size() < PAGE) {
        return text.append(']').toString();
      }
    }
  }

  private List<Execution> page(String condition, long after) {
    return env.store()
        .read(tx ->
            tx.list(
                "SELECT "
                    + Execution.COLUMNS
                    + " FROM sfn_execution WHERE map_run = ? AND id > ? AND "
                    + condition
                    + " ORDER BY id LIMIT "
                    + PAGE,
                Execution::of,
                run.id(),
                after));
  }

  private List<String> texts(Execution child) {
    String output = child.output();
    if (transformation == State.Transformation.NONE || output == null) {
      return List.of(Json.text(whole(child)));
    }
    if (transformation == State.Transformation.FLATTEN) {
      JsonNode tree = Json.read(output);
      return tree.isArray() ? tree.valueStream().map(Json::text).toList() : List.of(output);
    }
    return List.of(output);
  }

  private static ObjectNode whole(Execution child) {
    ObjectNode whole = Json.object();
    put(whole, "Cause", child.cause());
    put(whole, "Error", child.error());
    whole.put("ExecutionArn", child.arn()).put("Input", child.input().text());
    whole.putObject("InputDetails").put("Included", true);
    whole.put("Name", child.name());
    if (child.output() != null) {
      whole.put("Output", child.output());
      whole.putObject("OutputDetails").put("Included", true);
    }
    whole.put("RedriveCount", child.redrives().count());
    if (!child.express()) {
      whole.put("RedriveStatus", child.hasFailed() ? "REDRIVABLE" : "NOT_REDRIVABLE");
    }
    if (!child.express() && !child.hasFailed()) {
      whole.put("RedriveStatusReason", Redrivability.because(child.status()));
    }
    whole
        .put("StartDate", Timestamps.format(child.started()))
        .put("StateMachineArn", child.machineArn())
        .put("Status", child.status().name());
    if (child.stopped() != null) {
      whole.put("StopDate", Timestamps.format(child.stopped()));
    }
    return whole;
  }

  private static void put(ObjectNode object, String name, @Nullable String value) {
    if (value != null) {
      object.put(name, value);
    }
  }
}
