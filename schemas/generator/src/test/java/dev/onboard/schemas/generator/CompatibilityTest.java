package dev.onboard.schemas.generator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each file under compatibility/ is a pair of versions and what is wrong between them. */
class CompatibilityTest {

  private static final JsonMapper JSON = new JsonMapper();

  static Stream<Path> cases() throws IOException {
    return Files.list(Path.of("src/test/resources/compatibility")).sorted();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void pairOfVersions_isJudgedAsItsFileSays(Path file) throws IOException {
    JsonNode pair = JSON.readTree(file.toFile());
    List<String> expected =
        StreamSupport.stream(pair.path("violations").spliterator(), false)
            .map(JsonNode::asText)
            .toList();

    List<Violation> violations =
        Compatibility.violations(
            ShapeReader.read("older", pair.path("older")),
            ShapeReader.read("newer", pair.path("newer")));

    assertThat(violations)
        .as(pair.path("why").asText())
        .extracting(Violation::sentence)
        .extracting(sentence -> sentence.replaceFirst("^([^:]*: [^:]*):.*", "$1"))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aVersion_isCompatibleWithItself(Path file) throws IOException {
    Shape shape = ShapeReader.read("both", JSON.readTree(file.toFile()).path("older"));

    assertThat(Compatibility.violations(shape, shape)).isEmpty();
  }
}
