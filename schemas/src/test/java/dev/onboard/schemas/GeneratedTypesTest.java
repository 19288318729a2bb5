package dev.onboard.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GeneratedTypesTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Map<String, Class<?>> TYPES =
      Map.of(
          UserRegistered.DETAIL_TYPE, UserRegistered.class,
          UserCreated.DETAIL_TYPE, UserCreated.class,
          ImportCompleted.DETAIL_TYPE, ImportCompleted.class,
          ImportFailed.DETAIL_TYPE, ImportFailed.class);

  static Stream<Path> examples() throws IOException {
    return Files.walk(Path.of(UserCreated.SOURCE))
        .filter(file -> file.toString().endsWith(".json") && file.getParent().endsWith("examples"))
        .sorted();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExample_isReadAndWrittenAgainWhole(Path file) throws IOException {
    JsonNode example = JSON.readTree(file.toFile());
    Class<?> type = TYPES.get(file.getName(1).toString());

    assertThat(JSON.readTree(JSON.writeValueAsString(JSON.treeToValue(example, type))))
        .isEqualTo(example);
  }

  @Test
  void unknownFields_areIgnored() throws JsonProcessingException {
    UserRegistered event =
        JSON.readValue(
            "{\"data\": {\"email\": \"ada@example.com\", \"shoeSize\": 38}, \"more\": {}}",
            UserRegistered.class);

    assertThat(event.data()).isEqualTo(UserRegistered.Data.of("ada@example.com"));
  }

  @Test
  void missingRequiredField_isRefusedByName() {
    assertThatThrownBy(() -> JSON.readValue("{\"data\": {}}", UserRegistered.class))
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining("UserRegistered must have data.email");
  }

  @Test
  void missingRequiredNumber_isNotTakenForZero() {
    assertThatThrownBy(() ->
            JSON.readValue(
                "{\"importId\": \"i\", \"bucket\": \"b\", \"key\": \"k\"}",
                ImportCompleted.Data.class))
        .hasMessageContaining("ImportCompleted must have data.rows");
  }

  @Test
  void copiesWithAnOptionalField_leaveTheOriginalAlone() {
    UserCreated.Data plain = UserCreated.Data.of("u", "ada@example.com");

    assertThat(plain.withName("Ada").withRow(2L).name()).isEqualTo("Ada");
    assertThat(plain.name()).isNull();
  }

  @Test
  void mapThatChangesLater_doesNotChangeTheEvent() {
    Map<String, String> attributes = new HashMap<>(Map.of("team", "a"));
    UserCreated.Data data = UserCreated.Data.of("u", "ada@example.com").withAttributes(attributes);
    attributes.put("team", "b");

    assertThat(data.attributes()).containsEntry("team", "a");
  }

  @Test
  void eventTypes_sayWhereTheyBelong() {
    assertThat(UserCreated.SCHEMA).isEqualTo("onboard.users@UserCreated-v1");
    assertThat(UserCreated.SCHEMA_VERSION).isEqualTo("1.1");
  }
}
