package dev.onboard.statemachine;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A case of the workflow, read from its file; {@code cases/README.md} tells what is in one. */
record WorkflowCase(String title, List<Step> steps, Leaves leaves) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  WorkflowCase {
    steps = List.copyOf(steps);
  }

  /** Reads the cases of a folder, by name. */
  static List<WorkflowCase> all(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(WorkflowCase::read)
          .toList();
    }
  }

  private static WorkflowCase read(Path file) {
    try {
      return JSON.readValue(file.toFile(), WorkflowCase.class);
    } catch (IOException e) {
      throw new IllegalStateException(file + " is no case: " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return title;
  }

  /**
   * One thing that happens.
   *
   * @param redeliver the key of an upload whose event arrives again
   * @param deliver how often the event of the upload arrives
   * @param ends how each execution ends, in the order in which they began
   */
  record Step(
      @Nullable Upload upload,
      @Nullable String redeliver,
      @Nullable Integer deliver,
      @Nullable List<Fault> faults,
      List<End> ends,
      @Nullable Leaves leaves) {

    @Override
    public List<Fault> faults() {
      return faults == null ? List.of() : faults;
    }

    int deliveries() {
      return deliver == null ? 1 : deliver;
    }
  }

  /** A file: a header, that many people, then rows as they are. */
  record Upload(
      String key,
      String header,
      int people,
      @Nullable List<String> rows,
      boolean deletedBeforeDelivery) {

    String csv() {
      var csv = new StringBuilder(header).append('\n');
      String empty = ",".repeat((int) header.chars().filter(c -> c == ',').count());
      for (int i = 0; i < people; i++) {
        csv.append("person").append(i).append("@example.com").append(empty).append('\n');
      }
      if (rows != null) {
        rows.forEach(row -> csv.append(row).append('\n'));
      }
      return csv.toString();
    }
  }

  /** Calls that fail: the first so many of an operation after the first others. */
  record Fault(
      String service,
      String operation,
      int times,
      int after,
      String error,
      int status,
      @Nullable Where where) {}

  /** Which calls a fault means. */
  record Where(String detailType) {}

  /** How an execution ends. */
  record End(
      String status, @Nullable JsonNode output, @Nullable String error, @Nullable String cause) {}

  /** What is there afterwards. */
  record Leaves(
      @Nullable Integer users,
      @Nullable Map<String, Integer> events,
      @Nullable Integer mails,
      @JsonProperty("import") @Nullable Map<String, String> importItem,
      @Nullable List<RejectedRow> rejected,
      @Nullable Integer childExecutions,
      @Nullable Map<String, Integer> lambdaInvocations,
      @Nullable Map<String, Map<String, String>> attributes) {}

  /** A row of the report of rejected rows. */
  record RejectedRow(String row, String error) {}
}
