package dev.onboard.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * An event that a consumer of ours waits for is either taken by the consumer's rule or set aside by
 * invalid-event: never both, never neither.
 *
 * <p>A pattern reads an array as any of its elements, and a negation, too; so it cannot tell an
 * array of good and bad elements from either. Arrays here are such as patterns can judge: of one
 * element, or empty.
 */
class TakenOrQuarantinedTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Rule TAKEN = Rule.of("user-created");
  private static final Rule REGISTERED = Rule.of("user-registered");
  private static final Rule QUARANTINED = Rule.of("invalid-event");
  private static final Path SCHEMAS = Rule.FOLDER.resolveSibling("schemas/onboard.users");

  /** A change of one field; the last of several on the same field wins. */
  record Change(List<String> field, String value) {
    void apply(ObjectNode event) {
      ObjectNode parent = event;
      for (String name : field.subList(0, field.size() - 1)) {
        if (!(parent.get(name) instanceof ObjectNode next)) {
          return;
        }
        parent = next;
      }
      if (value.isEmpty()) {
        parent.remove(field.getLast());
      } else {
        parent.set(field.getLast(), Rule.parse(value));
      }
    }
  }

  @Property(tries = 5000)
  void userCreatedOfOurs_isTakenOrQuarantined(@ForAll("userCreated") JsonNode event) {
    boolean ours =
        event.path("source").asText().equals("onboard.users")
            && event.path("detail-type").asText().equals("UserCreated");

    assertThat(takers(event, TAKEN, QUARANTINED)).as(event.toString()).isEqualTo(ours ? 1 : 0);
  }

  @Property(tries = 5000)
  void userRegistered_isTakenOrQuarantined(@ForAll("userRegistered") JsonNode event) {
    boolean wanted = !event.path("source").asText().startsWith("aws.");

    assertThat(takers(event, REGISTERED, QUARANTINED))
        .as(event.toString())
        .isEqualTo(wanted ? 1 : 0);
  }

  @Example
  void examplesOfTheSchemas_areTaken() throws IOException {
    for (Path example : files("UserCreated/v1/examples")) {
      JsonNode event = envelope("onboard.users", "UserCreated", Rule.json(example));
      assertThat(TAKEN.takes(event)).as(example.toString()).isTrue();
      assertThat(QUARANTINED.takes(event)).as(example.toString()).isFalse();
    }
    for (Path example : files("UserRegistered/v1/examples")) {
      JsonNode event = envelope("shop", "UserRegistered", Rule.json(example));
      assertThat(REGISTERED.takes(event)).as(example.toString()).isTrue();
      assertThat(QUARANTINED.takes(event)).as(example.toString()).isFalse();
    }
  }

  @Example
  void counterExamplesOfTheSchemas_areTakenOrQuarantined() throws IOException {
    for (Path example : files("UserCreated/v1/counter-examples")) {
      JsonNode event = envelope("onboard.users", "UserCreated", Rule.json(example));
      assertThat(takers(event, TAKEN, QUARANTINED)).as(example.toString()).isEqualTo(1);
    }
    for (Path example : files("UserRegistered/v1/counter-examples")) {
      JsonNode event = envelope("shop", "UserRegistered", Rule.json(example));
      assertThat(takers(event, REGISTERED, QUARANTINED)).as(example.toString()).isEqualTo(1);
    }
  }

  @Provide
  Arbitrary<JsonNode> userCreated() throws IOException {
    return events(
        "UserCreated",
        Arbitraries.of(
            "onboard.users", "onboard.users", "onboard.users", "onboard.user", "shop", "aws.s3"),
        Arbitraries.of("UserCreated", "UserCreated", "UserCreated", "ImportFailed", "userCreated"));
  }

  @Provide
  Arbitrary<JsonNode> userRegistered() throws IOException {
    return events(
        "UserRegistered",
        Arbitraries.of("onboard.users", "shop", "crm.sales", "aws.partner/shop", "awsome"),
        Arbitraries.just("UserRegistered"));
  }

  private static Arbitrary<JsonNode> events(
      String type, Arbitrary<String> sources, Arbitrary<String> types) throws IOException {
    Arbitrary<JsonNode> details = Arbitraries.of(files(type + "/v1/examples")).map(Rule::json);
    Arbitrary<List<String>> fields =
        Arbitraries.of(
            List.of("metadata"),
            List.of("metadata", "eventId"),
            List.of("metadata", "schemaVersion"),
            List.of("metadata", "occurredAt"),
            List.of("data"),
            List.of("data", "userId"),
            List.of("data", "email"),
            List.of("data", "more"),
            List.of("more"));
    Arbitrary<String> values =
        Arbitraries.oneOf(
            Arbitraries.of(
                "",
                "null",
                "true",
                "0",
                "1",
                "1.0",
                "-1e3",
                "{}",
                "[]",
                "[null]",
                "[{}]",
                "\"\"",
                "{\"email\":\"a\"}",
                "{\"x\":{\"y\":1}}",
                "[\"1.0\"]",
                "[\"2.0\"]",
                "[1]"),
            Arbitraries.of("1.0", "1.1", "1.", "1", "10.0", "2.0", "v1", " 1.0", "01.0")
                .map(TakenOrQuarantinedTest::quoted),
            Arbitraries.strings().ofMaxLength(8).map(TakenOrQuarantinedTest::quoted));
    Arbitrary<List<Change>> changes =
        Combinators.combine(fields, values).as(Change::new).list().ofMaxSize(4);
    return Combinators.combine(sources, types, details, changes)
        .as((source, name, detail, list) -> {
          ObjectNode changed = detail.deepCopy();
          list.forEach(change -> change.apply(changed));
          return envelope(source, name, changed);
        });
  }

  private static String quoted(String text) {
    return JSON.getNodeFactory().textNode(text).toString();
  }

  private static long takers(JsonNode event, Rule... rules) {
    return Stream.of(rules).filter(rule -> rule.takes(event)).count();
  }

  private static JsonNode envelope(String source, String type, JsonNode detail) {
    ObjectNode event = JSON.createObjectNode();
    event.put("version", "0").put("id", "17793124-05d4-b198-2fde-7ededc63b103");
    event.put("detail-type", type).put("source", source).put("account", "000000000000");
    event.put("time", "2026-01-01T00:00:00Z").put("region", "us-east-1").putArray("resources");
    event.set("detail", detail);
    return event;
  }

  private static List<Path> files(String folder) throws IOException {
    try (Stream<Path> files = Files.list(SCHEMAS.resolve(folder))) {
      return files.sorted().toList();
    }
  }
}
