package dev.onboard.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.functions.csv.Inspector;
import dev.onboard.functions.csv.Inspector.Inspection;
import dev.onboard.functions.csv.Limits;
import dev.onboard.functions.csv.UploadRejectedException;
import dev.onboard.functions.log.Log;
import dev.onboard.functions.storage.ObjectUpload;
import dev.onboard.functions.storage.Objects;
import dev.onboard.functions.storage.Objects.Content;
import dev.onboard.functions.storage.S3Objects;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads an uploaded file from end to end, says whether and why it cannot be imported, and prepares
 * its rows for the workflow's map.
 *
 * <p>A file that cannot work is an answer, not an error, so that nothing tries it again.
 */
public final class InspectUpload extends JsonFunction {

  private final Objects objects;
  private final Limits limits;
  private final String resultsBucket;

  /** Made by Lambda. */
  public InspectUpload() {
    this(
        new S3Objects(Clients.s3()),
        new Limits(
            Environment.number("MAX_BYTES"), Math.toIntExact(Environment.number("MAX_ROWS"))),
        Environment.text("RESULTS_BUCKET"));
  }

  InspectUpload(Objects objects, Limits limits, String resultsBucket) {
    this.objects = objects;
    this.limits = limits;
    this.resultsBucket = resultsBucket;
  }

  @Override
  JsonNode handle(JsonNode input, Log log, Context context) throws IOException {
    String importId = Json.text(input, "importId");
    String key = "imports/" + importId + "/rows.csv";
    try {
      Inspection inspection = inspect(input, key);
      log.info("accepted", "importId", importId, "rows", inspection.rows());
      ObjectNode answer = Json.object().put("verdict", "ACCEPTED").put("rows", inspection.rows());
      ArrayNode columns = answer.putArray("columns");
      inspection.columns().forEach(columns::add);
      answer.putObject("prepared").put("bucket", resultsBucket).put("key", key);
      return answer;
    } catch (UploadRejectedException e) {
      log.warn("rejected", "importId", importId, "reason", e.getMessage());
      return Json.object().put("verdict", "REJECTED").put("reason", e.getMessage());
    }
  }

  private Inspection inspect(JsonNode input, String preparedKey) throws IOException {
    String bucket = Json.text(input, "bucket");
    String key = Json.text(input, "key");
    Optional<Content> opened = objects.open(bucket, key, Json.text(input, "version"));
    if (opened.isEmpty()) {
      throw new UploadRejectedException(
          "The file s3://" + bucket + "/" + key + " is gone; upload it again.");
    }
    try (Content content = opened.get();
        ObjectUpload prepared = objects.create(resultsBucket, preparedKey, "text/csv")) {
      limits.check(content.bytes());
      Inspection inspection = new Inspector(limits).inspect(content.stream(), prepared);
      prepared.complete();
      return inspection;
    }
  }
}
