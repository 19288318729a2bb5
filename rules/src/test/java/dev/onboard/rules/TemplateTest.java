package dev.onboard.rules;

import static dev.onboard.rules.Template.at;
import static dev.onboard.rules.Template.elements;
import static dev.onboard.rules.Template.isMissing;
import static dev.onboard.rules.Template.members;
import static dev.onboard.rules.Template.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.nodes.Node;

/** What the template, the rules, the schemas, the workflow and the functions must agree on. */
class TemplateTest {

  private static final Path PROJECT = Rule.FOLDER.getParent();
  private static final Template TEMPLATE = new Template();

  @Test
  void everyRulesFolder_isIncludedByOneRule() {
    assertThat(TEMPLATE.includes(null).stream().filter(file -> file.startsWith(Rule.FOLDER)))
        .containsExactlyInAnyOrderElementsOf(
            Rule.all().stream().map(rule -> rule.folder().resolve("pattern.json")).toList());
    assertThat(TEMPLATE.resources("AWS::Events::Rule").values())
        .allSatisfy(rule -> assertThat(TEMPLATE.includes(at(rule, "EventPattern"))).hasSize(1));
  }

  @Test
  void newestMinorVersionOfEverySchema_isRegisteredUnderItsName() throws IOException {
    Map<String, Path> registered = new TreeMap<>();
    TEMPLATE
        .resources("AWS::EventSchemas::Schema")
        .values()
        .forEach(schema ->
            registered.put(
                String.valueOf(text(at(schema, "SchemaName"))),
                TEMPLATE.includes(at(schema, "Content")).getFirst()));

    assertThat(registered).containsExactlyInAnyOrderEntriesOf(newestSchemas());
  }

  @Test
  void includedFiles_holdNoNull() {
    for (Path file : TEMPLATE.includes(null)) {
      assertThat(file).exists();
      assertThat(hasNull(Rule.json(file)))
          .as("a null in %s, which AWS::Include refuses", file)
          .isFalse();
    }
  }

  @Test
  void referencesInPatterns_areOfTheTemplate() {
    for (Rule rule : Rule.all()) {
      Rule.json(rule.folder().resolve("pattern.json"))
          .findValuesAsText("Ref")
          .forEach(name -> assertThat(TEMPLATE.names()).as(rule.name()).contains(name));
    }
  }

  @Test
  void everyTarget_hasADeadLetterQueueAndARetryPolicy() {
    TEMPLATE
        .resources("AWS::Events::Rule")
        .forEach((id, rule) -> {
          for (Node target : elements(at(rule, "Targets"))) {
            assertThat(isMissing(at(target, "DeadLetterConfig", "Arn"))).as(id).isFalse();
            assertThat(isMissing(at(target, "RetryPolicy", "MaximumRetryAttempts")))
                .as(id)
                .isFalse();
          }
        });
  }

  @Test
  void roles_allowNoWildcardActionAndEverythingOnlyWhereAwsNarrowsNothing() {
    TEMPLATE
        .resources("AWS::IAM::Role")
        .forEach((id, role) -> {
          if (isMissing(at(role, "Policies"))) {
            return;
          }
          for (Node policy : elements(at(role, "Policies"))) {
            for (Node statement : elements(at(policy, "PolicyDocument", "Statement"))) {
              List<String> actions =
                  elements(at(statement, "Action")).stream().map(Template::text).toList();
              assertThat(actions).as(id).noneMatch(action -> action.contains("*"));
              if ("*".equals(text(at(statement, "Resource")))) {
                assertThat(actions).as(id).allMatch(action -> action.matches("(xray|logs):.*"));
              }
            }
          }
        });
  }

  /** A put that fails on a key that is there may have to read who has it. */
  @Test
  void rolesThatInsert_mayReadWhatIsInTheWay() {
    assertThat(actions("UsersTable.Arn", "dynamodb:PutItem"))
        .isNotEmpty()
        .allSatisfy((role, actions) -> assertThat(actions).contains("dynamodb:BatchGetItem"));
    assertThat(actions("MailsTable.Arn", "dynamodb:PutItem"))
        .containsOnlyKeys("SendWelcomeMailRole")
        .allSatisfy((role, actions) -> assertThat(actions).contains("dynamodb:BatchGetItem"));
  }

  @Test
  void queuesThatFunctionsRead_keepMessagesAsLongAsSqsCan() {
    assertThat(TEMPLATE.resources("AWS::SQS::Queue"))
        .allSatisfy((id, queue) ->
            assertThat(text(at(queue, "MessageRetentionPeriod"))).isEqualTo("1209600"));
  }

  /** Of each role with a statement that allows an action on a resource, all of that statement. */
  private static Map<String, List<String>> actions(String resource, String action) {
    Map<String, List<String>> found = new TreeMap<>();
    TEMPLATE
        .resources("AWS::IAM::Role")
        .forEach((id, role) -> {
          if (isMissing(at(role, "Policies"))) {
            return;
          }
          for (Node policy : elements(at(role, "Policies"))) {
            for (Node statement : elements(at(policy, "PolicyDocument", "Statement"))) {
              List<String> actions =
                  elements(at(statement, "Action")).stream().map(Template::text).toList();
              if (resource.equals(text(at(statement, "Resource"))) && actions.contains(action)) {
                found.put(id, actions);
              }
            }
          }
        });
    return found;
  }

  @Test
  void everyFunction_hasAVersionAnAliasALogAndARoleOfItsOwn() {
    List<String> functions =
        TEMPLATE.resources("AWS::Lambda::Function").keySet().stream()
            .map(id -> id.replaceFirst("Function$", ""))
            .toList();

    assertThat(functions).hasSize(7);
    assertThat(TEMPLATE.resources("AWS::Lambda::Version"))
        .containsOnlyKeys(functions.stream().map(name -> name + "Version").toList());
    assertThat(TEMPLATE.resources("AWS::Lambda::Alias"))
        .containsOnlyKeys(functions.stream().map(name -> name + "Alias").toList());
    assertThat(TEMPLATE.resources("AWS::Logs::LogGroup"))
        .containsKeys(functions.stream().map(name -> name + "Log").toArray(String[]::new));
    TEMPLATE
        .resources("AWS::Lambda::Function")
        .forEach((id, function) ->
            assertThat(text(at(function, "Role")))
                .isEqualTo(id.replaceFirst("Function$", "Role.Arn")));
  }

  @Test
  void handlers_areClassesOfTheFunctions() {
    TEMPLATE
        .resources("AWS::Lambda::Function")
        .values()
        .forEach(function -> {
          String handler = String.valueOf(text(at(function, "Handler")));
          assertThat(handler).endsWith("::handleRequest");
          assertThat(
                  PROJECT.resolve(
                      "functions/src/main/java/"
                          + handler.replaceFirst("::.*", "").replace('.', '/')
                          + ".java"))
              .exists();
        });
  }

  @Test
  void substitutionsOfTheWorkflow_areWhatItsDefinitionAsksFor() throws IOException {
    Node machine = TEMPLATE.resources("AWS::StepFunctions::StateMachine").get("ImportUsers");
    String definition =
        Files.readString(
            Template.FILE.resolveSibling(
                String.valueOf(text(at(machine, "DefinitionS3Location")))));
    List<String> asked =
        Pattern.compile("\\$\\{(\\w+)}")
            .matcher(definition)
            .results()
            .map((MatchResult found) -> found.group(1))
            .distinct()
            .toList();

    assertThat(members(at(machine, "DefinitionSubstitutions")))
        .containsOnlyKeys(asked.toArray(String[]::new));
  }

  private static Map<String, Path> newestSchemas() throws IOException {
    Map<String, Path> newest = new TreeMap<>();
    Path root = PROJECT.resolve("schemas");
    List<Path> versions = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root, 4)) {
      files
          .filter(file -> file.getFileName().toString().matches("\\d+\\.\\d+\\.json"))
          .sorted(Comparator.comparingInt(TemplateTest::minor))
          .forEach(versions::add);
    }
    for (Path version : versions) {
      Path path = root.relativize(version);
      newest.put(path.getName(0) + "@" + path.getName(1) + "-" + path.getName(2), version);
    }
    return newest;
  }

  private static int minor(Path version) {
    return Integer.parseInt(version.getFileName().toString().split("\\.")[1]);
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
