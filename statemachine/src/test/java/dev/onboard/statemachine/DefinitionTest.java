package dev.onboard.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.onboard.local.sfn.asl.DefinitionParser;
import dev.onboard.local.sfn.asl.InvalidDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DefinitionTest {

  private static final Path DEFINITION = Path.of("import-users.asl.json");

  @Test
  void importUsers_isValid() throws IOException, InvalidDefinition {
    assertThat(DefinitionParser.parse(Files.readString(DEFINITION), false, _ -> null)).isNotNull();
  }

  @Test
  void importUsers_needsOnlyTheSubstitutionsOfItsPage() throws IOException {
    Set<String> substitutions = new TreeSet<>();
    Matcher matcher = Pattern.compile("\\$\\{(\\w+)}").matcher(Files.readString(DEFINITION));
    while (matcher.find()) {
      substitutions.add(matcher.group(1));
    }
    assertThat(substitutions)
        .containsExactly(
            "EventBus",
            "ImportsTable",
            "InspectUploadFunction",
            "ReportImportFunction",
            "ResultsBucket",
            "StoreUsersFunction",
            "ValidateRowsFunction");
    String page = Files.readString(Path.of("README.md"));
    assertThat(substitutions).allMatch(name -> page.contains("${" + name + "}"));
  }

  @Test
  void importUsers_holdsNoNull() throws IOException {
    // Files that CloudFormation includes must not.
    JsonNode definition = new ObjectMapper().readTree(DEFINITION.toFile());
    assertThat(definition.findValues("Type")).isNotEmpty();
    assertThat(hasNull(definition)).isFalse();
  }

  private static boolean hasNull(JsonNode node) {
    if (node.isNull()) {
      return true;
    }
    for (JsonNode child : node) {
      if (hasNull(child)) {
        return true;
      }
    }
    return false;
  }
}
