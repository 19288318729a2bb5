package dev.onboard.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.functions.csv.RejectedReport;
import dev.onboard.functions.log.Log;
import dev.onboard.functions.storage.ObjectUpload;
import dev.onboard.functions.storage.Objects;
import dev.onboard.functions.storage.Objects.Content;
import dev.onboard.functions.storage.S3Objects;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes the report of an import's rejected rows, ready to be corrected and uploaded again. */
public final class ReportImport extends JsonFunction {

  private final Objects objects;
  private final String resultsBucket;

  /** Made by Lambda. */
  public ReportImport() {
    this(new S3Objects(Clients.s3()), Environment.text("RESULTS_BUCKET"));
  }

  ReportImport(Objects objects, String resultsBucket) {
    this.objects = objects;
    this.resultsBucket = resultsBucket;
  }

  @Override
  JsonNode handle(JsonNode input, Log log, Context context) throws IOException {
    String importId = Json.text(input, "importId");
    String key = "imports/" + importId + "/rejected.csv";
    List<String> columns = new ArrayList<>();
    input.path("columns").forEach(column -> columns.add(column.asText()));
    JsonNode prepared = input.path("prepared");
    String bucket = Json.text(prepared, "bucket");
    String rows = Json.text(prepared, "key");
    try (Content content =
            objects
                .open(bucket, rows, "")
                .orElseThrow(() ->
                    new IllegalStateException(
                        "the prepared rows s3://" + bucket + "/" + rows + " are gone"));
        ObjectUpload report = objects.create(resultsBucket, key, "text/csv; charset=utf-8")) {
      int rejected = RejectedReport.write(content.stream(), columns, report);
      report.complete();
      log.info("reported", "importId", importId, "rejected", rejected);
      return Json.object()
          .put("report", "s3://" + resultsBucket + "/" + key)
          .put("rejected", rejected);
    }
  }
}
