package dev.onboard.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.functions.csv.Limits;
import dev.onboard.functions.storage.InMemoryObjects;
import dev.onboard.functions.user.InMemoryUsers;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The functions of the import, handing their payloads on as the workflow does. */
class ImportFunctionsTest {

  private final InMemoryObjects objects = new InMemoryObjects();
  private final InMemoryUsers users = new InMemoryUsers();

  @Test
  void usableFile_goesThroughAllOfThem() throws IOException {
    JsonNode inspection =
        inspect(
            "E-Mail,First Name,Team\nada@example.com,Ada,A\nbad,Bob,B\nADA@example.com,Eve,C\n");
    assertThat(inspection)
        .isEqualTo(
            Json.read(
                """
                {"verdict": "ACCEPTED", "rows": 3, "columns": ["E-Mail", "First Name", "Team"],
                 "prepared": {"bucket": "results", "key": "imports/i/rows.csv"}}
                """));
    JsonNode validated =
        Invoked.with(
            new ValidateRows(),
            batch(
                """
                {"#row": "2", "#problem": "", "email": "ada@example.com", "firstName": "Ada", "Team": "A"},
                {"#row": "3", "#problem": "", "email": "bad", "firstName": "Bob", "Team": "B"},
                {"#row": "4", "#problem": "It repeats.", "email": "ADA@example.com", "firstName": "", "Team": ""}
                """));
    assertThat(validated)
        .isEqualTo(
            Json.read(
                """
                {"importId": "i", "startedAt": "2026-01-01T00:00:00Z", "correlationId": "c",
                 "firstRow": 2, "lastRow": 4, "rows": 3, "rejected": 2,
                 "users": [{"row": 2, "email": "ada@example.com", "firstName": "Ada", "attributes": {"Team": "A"}}]}
                """));
    JsonNode stored = Invoked.with(new StoreUsers(users, users), validated.toString());
    assertThat(stored.path("batch").asText()).isEqualTo("i#2");
    assertThat(stored.path("created").asInt()).isEqualTo(1);
    assertThat(stored.path("rejected").asInt()).isEqualTo(2);
    JsonNode event = stored.path("events").path(0);
    assertThat(event.path("metadata").path("schemaVersion").asText()).isEqualTo("1.1");
    assertThat(event.path("metadata").path("occurredAt").asText())
        .isEqualTo("2026-01-01T00:00:00Z");
    assertThat(event.path("metadata").path("correlationId").asText()).isEqualTo("c");
    assertThat(event.path("metadata").path("eventId").asText()).matches("[0-9a-f]{64}");
    assertThat(event.path("data").path("row").asInt()).isEqualTo(2);
    assertThat(event.path("data").path("attributes").path("Team").asText()).isEqualTo("A");
    JsonNode report =
        Invoked.with(
            new ReportImport(objects, "results"),
            """
            {"importId": "i", "bucket": "uploads", "key": "a.csv", "correlationId": "c",
             "columns": %s, "prepared": %s}
            """
                .formatted(inspection.path("columns"), inspection.path("prepared")));
    assertThat(report.path("report").asText()).isEqualTo("s3://results/imports/i/rejected.csv");
    assertThat(report.path("rejected").asInt()).isEqualTo(2);
    assertThat(new String(objects.objects.get("results/imports/i/rejected.csv"), UTF_8))
        .isEqualTo(
            """
            E-Mail,First Name,Team,row,error\r
            bad,Bob,B,3,\"""bad"" is not an e-mail address."\r
            ADA@example.com,Eve,C,4,"The address ""ada@example.com"" repeats row 2."\r
            """);
  }

  @Test
  void unusableFile_isAnAnswerAndWritesNothing() throws IOException {
    assertThat(inspect("name;email\nAda;a@b.c\n"))
        .isEqualTo(
            Json.read(
                """
                {"verdict": "REJECTED",
                 "reason": "The columns are separated by semicolons; save the file with commas between the columns."}
                """));
    assertThat(objects.objects).containsOnlyKeys("uploads/a.csv");
  }

  @Test
  void uploadThatIsGone_isRejected() throws IOException {
    JsonNode answer =
        Invoked.with(
            inspector(),
            "{\"importId\": \"i\", \"bucket\": \"uploads\", \"key\": \"gone.csv\", \"version\": \"1\"}");
    assertThat(answer.path("reason").asText())
        .isEqualTo("The file s3://uploads/gone.csv is gone; upload it again.");
  }

  @Test
  void uploadOverTheLimit_isNotEvenRead() throws IOException {
    assertThat(inspect("email\n" + "x".repeat(2000)).path("reason").asText())
        .startsWith("The file is larger than the limit of 1,000 bytes");
  }

  @Test
  void batchWithoutItems_isAnError() {
    assertThatThrownBy(() -> Invoked.with(new ValidateRows(), batch("")))
        .hasMessage("a batch must have items");
  }

  @Test
  void hugeBatch_staysBelowTheSizeOfAState() throws IOException {
    ObjectNode input = (ObjectNode) Json.read(batch(""));
    ArrayNode items = input.putArray("Items");
    // As much as the map's batcher lets through.
    for (int i = 0; i < 100; i++) {
      items
          .addObject()
          .put("#row", String.valueOf(i + 2))
          .put("#problem", "")
          .put("email", "somebody-" + i + "@example.com")
          .put("Note", "\"".repeat(590));
    }
    assertThat(input.toString().length()).isBetween(125_000, 131_072);
    JsonNode validated = Invoked.with(new ValidateRows(), input.toString());
    JsonNode stored = Invoked.with(new StoreUsers(users, users), validated.toString());
    assertThat(stored.path("created").asInt()).isEqualTo(100);
    assertThat(validated.toString().length()).isLessThan(256 * 1024);
    assertThat(stored.toString().length()).isLessThan(256 * 1024);
  }

  private JsonNode inspect(String file) throws IOException {
    objects.objects.put("uploads/a.csv", file.getBytes(UTF_8));
    return Invoked.with(
        inspector(),
        """
        {"importId": "i", "bucket": "uploads", "key": "a.csv", "version": "", "correlationId": "c"}
        """);
  }

  private InspectUpload inspector() {
    return new InspectUpload(objects, new Limits(1000, 100), "results");
  }

  private static String batch(String items) {
    return """
    {"BatchInput": {"importId": "i", "startedAt": "2026-01-01T00:00:00Z", "correlationId": "c"},
     "Items": [%s]}
    """
        .formatted(items);
  }
}
