package dev.onboard.local.sfn.asl;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads a definition: validates all of it and compiles its expressions. */
public final class DefinitionParser {
  /** What a state is called that stands alone. */
  private static final String LONE_STATE = "StateName";

  private final Catalogue catalogue;
  private final boolean express;
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private QueryLanguage machineLanguage = QueryLanguage.JSON_PATH;
  private final Set<String> names = new HashSet<>();
  private final Map<String, List<String>> variableReferences = new TreeMap<>();

  private DefinitionParser(Catalogue catalogue, boolean express) {
    this.catalogue = catalogue;
    this.express = express;
  }

  /** Knows which resources there are. */
  @FunctionalInterface
  public interface Catalogue {
    /** Why a resource cannot be called, or {@code null} if it can. */
    @Nullable String refusal(Resource resource);
  }

  /**
   * Parses a definition.
   *
   * @param express whether it is that of an Express state machine
   * @throws InvalidDefinition if anything is wrong with it, naming all of it
   */
  public static Definition parse(String text, boolean express, Catalogue catalogue)
      throws InvalidDefinition {
    var parser = new DefinitionParser(catalogue, express);
    Definition definition = parser.machine(tree(text));
    if (!parser.diagnostics.isEmpty()) {
      throw new InvalidDefinition(parser.diagnostics);
    }
    return definition;
  }

  /**
   * Parses one state that stands alone, as {@code /States/StateName}. Whether the states that it
   * leads to are there is not looked at.
   *
   * @throws InvalidDefinition if anything is wrong with it, naming all of it
   */
  public static State parseState(String text, Catalogue catalogue) throws InvalidDefinition {
    var parser = new DefinitionParser(catalogue, false);
    var fields =
        new Fields(
            tree(text), "/States/" + LONE_STATE, QueryLanguage.JSON_PATH, parser.diagnostics);
    State state = parser.state(LONE_STATE, fields);
    if (!parser.diagnostics.isEmpty()) {
      throw new InvalidDefinition(parser.diagnostics);
    }
    return Objects.requireNonNull(state);
  }

  private static JsonNode tree(String text) throws InvalidDefinition {
    String message;
    String location;
    try {
      JsonNode tree = Json.MAPPER.readTree(text);
      if (tree.isObject()) {
        return tree;
      }
      message = "Expected value of type Object";
      location = "/";
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      location =
          "[Source: (String)\""
              + (text.length() > 500
                  ? text.substring(0, 500) + "\"[truncated " + (text.length() - 500) + " chars]"
                  : text + "\"")
              + "; line: "
              + (at == null ? 1 : at.getLineNr())
              + ", column: "
              + (at == null ? 1 : at.getColumnNr())
              + "]";
      message = e.getOriginalMessage() + "\n at " + location;
    }
    throw new InvalidDefinition(
        List.of(new Diagnostic("INVALID_JSON_DESCRIPTION", message, location)));
  }

  private Definition machine(JsonNode root) {
    var fields = new Fields(root, "", QueryLanguage.JSON_PATH, diagnostics);
    QueryLanguage language = language(fields, QueryLanguage.JSON_PATH);
    machineLanguage = language;
    fields = fields.in(language);
    fields.get("QueryLanguage");
    fields.get("Version");
    Long timeout = fields.wholeNumber("TimeoutSeconds", 1, 99_999_999);
    Flow flow = flow(fields);
    fields.end();
    return new Definition(flow, timeout, variableReferences);
  }

  private QueryLanguage language(Fields fields, QueryLanguage around) {
    String name = fields.text("QueryLanguage");
    QueryLanguage chosen =
        switch (name) {
          case null -> around;
          case "JSONata" -> QueryLanguage.JSONATA;
          case "JSONPath" -> QueryLanguage.JSON_PATH;
          default -> {
            fields.report(
                "Value is not valid, must be one of [JSONPath, JSONata]", "QueryLanguage");
            yield around;
          }
        };
    if (around == QueryLanguage.JSONATA && chosen == QueryLanguage.JSON_PATH) {
      fields.report(
          "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine", "");
    }
    return chosen;
  }

  /**
   * The states of a machine, a branch or a processor. Their query language is the machine's unless
   * they say otherwise, whatever that of the state around them is.
   */
  Flow flow(Fields outer) {
    Fields fields = outer.in(machineLanguage);
    fields.require("States", "StartAt");
    String start = fields.text("StartAt");
    Fields inner = fields.has("States") ? fields.within("States") : null;
    var states = new LinkedHashMap<String, State>();
    if (inner != null) {
      if (inner.node().isEmpty() && inner.node().isObject()) {
        inner.report("Value cannot be empty", "");
      }
      for (var entry : inner.node().properties()) {
        State state = state(entry.getKey(), inner.within(entry.getKey()));
        if (state != null) {
          states.put(entry.getKey(), state);
        }
      }
      if (diagnostics.isEmpty()) {
        new Reachability(fields, start, states).check();
      }
    }
    outer.get("StartAt");
    outer.get("States");
    return new Flow(start == null ? "" : start, states);
  }

  private @Nullable State state(String name, Fields outer) {
    if (!names.add(name)) {
      outer.report("DUPLICATE_STATE_NAME", "Duplicate State name: " + name, "");
    }
    if (name.length() > 80) {
      outer.report("State name must not be longer than 80 characters", "");
    }
    QueryLanguage language = language(outer, outer.language());
    Fields fields = outer.in(language);
    fields.require("Type");
    String type = fields.text("Type");
    State state =
        type == null
            ? null
            : switch (type) {
              case "Pass" -> pass(name, fields);
              case "Task" -> task(name, fields);
              case "Choice" -> choice(name, fields);
              case "Wait" -> waiting(name, fields);
              case "Succeed" -> new State.Succeed(common(name, fields, Shape.TERMINAL));
              case "Fail" -> fail(name, fields);
              case "Parallel" -> parallel(name, fields);
              case "Map" -> new MapParser(this, fields, express).map(name);
              default -> {
                fields.report(
                    "The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed,"
                        + " Fail, Choice, Parallel, Map]",
                    "Type");
                yield null;
              }
            };
    if (state != null) {
      fields.end();
      refer(state);
    }
    return state;
  }

  private void refer(State state) {
    var found = new TreeSet<>(References.of(state));
    if (!found.isEmpty()) {
      variableReferences.put(state.name(), List.copyOf(found));
    }
  }

  private State pass(String name, Fields fields) {
    if (fields.isJsonata() && fields.has("Result")) {
      fields.report("Field is not supported", "Result");
    }
    JsonNode result = fields.get("Result");
    return new State.Pass(common(name, fields, Shape.WORK), result);
  }

  private State task(String name, Fields fields) {
    fields.require("Resource");
    Setting role = null;
    if (fields.has("Credentials")) {
      Fields credentials = fields.within("Credentials");
      if (!credentials.has("RoleArn") && !credentials.has("RoleArn.$")) {
        credentials.report("The field 'RoleArn' is required but was missing", "");
      } else {
        Expression template = fields.template("Credentials");
        role = template == null ? null : new Setting("RoleArn", new MemberOf(template, "RoleArn"));
      }
    }
    Resource resource = resource(fields);
    Setting timeout = fields.setting("TimeoutSeconds");
    Setting heartbeat = fields.setting("HeartbeatSeconds");
    return new State.Task(
        common(name, fields, Shape.WORK),
        resource == null ? new Resource.Activity("") : resource,
        role,
        timeout,
        heartbeat,
        new RecoveryParser(fields).recovery());
  }

  private @Nullable Resource resource(Fields fields) {
    String arn = fields.text("Resource");
    if (arn == null) {
      return null;
    }
    Resource resource = Resource.parse(arn);
    if (resource == null) {
      fields.report(
          arn.startsWith("arn:")
              ? "The resource provided "
                  + arn
                  + " is not recognized. The value is not a valid"
                  + " resource ARN, or the resource is not available in this region."
              : "Value is not a valid resource ARN",
          "Resource");
      return null;
    }
    if (express && resource instanceof Resource.Activity) {
      fields.report("Express state machine does not support Activity ARN", "Resource");
    } else if (express
        && resource instanceof Resource.Integration call
        && call.pattern() != Resource.CallPattern.REQUEST_RESPONSE) {
      String suffix =
          call.pattern() == Resource.CallPattern.TASK_TOKEN ? ".waitForTaskToken" : ".sync";
      fields.report(
          "Express state machine does not support '" + suffix + "' service integration",
          "Resource");
    }
    String refusal = catalogue.refusal(resource);
    if (refusal != null) {
      fields.report(refusal, "Resource");
    }
    return resource;
  }

  private State choice(String name, Fields fields) {
    fields.require("Choices");
    var rules = new ArrayList<State.Rule>();
    List<Fields> all = fields.each("Choices");
    if (all.isEmpty() && fields.has("Choices")) {
      fields.report("Value cannot be empty", "Choices");
    }
    for (Fields rule : all) {
      new ConditionParser(rule).rule().ifPresent(rules::add);
    }
    String otherwise = fields.text("Default");
    return new State.Choice(common(name, fields, Shape.CHOICE), rules, otherwise);
  }

  private State waiting(String name, Fields fields) {
    Setting seconds = fields.setting("Seconds");
    Setting timestamp = fields.setting("Timestamp");
    if ((seconds == null) == (timestamp == null)) {
      fields.report(
          fields.isJsonata()
              ? "Exactly one of these fields is required: [Seconds, Timestamp]"
              : "Exactly one of these fields is required: [Seconds, SecondsPath, Timestamp,"
                  + " TimestampPath]",
          "");
    }
    checkTimestamp(fields, timestamp);
    if (seconds != null
        && seconds.value() instanceof Expression.Literal literal
        && (!literal.value().isIntegralNumber() || literal.value().longValue() < 0)) {
      fields.report("Value must be a non-negative integer", "Seconds");
    }
    Setting delay = seconds != null ? seconds : timestamp;
    return new State.Wait(
        common(name, fields, Shape.PASSING),
        new State.Delay(
            delay == null
                ? new Setting("Seconds", Expression.literal(Json.NODES.numberNode(0)))
                : delay,
            seconds == null));
  }

  private static void checkTimestamp(Fields fields, @Nullable Setting timestamp) {
    if (timestamp != null
        && timestamp.value() instanceof Expression.Literal literal
        && Comparison.timestamp(literal.value()) == null) {
      fields.report("String does not match RFC3339 timestamp", "Timestamp");
    }
  }

  private State fail(String name, Fields fields) {
    Setting error = fields.setting("Error");
    Setting cause = fields.setting("Cause");
    return new State.Fail(common(name, fields, Shape.FAILING), error, cause);
  }

  private State parallel(String name, Fields fields) {
    fields.require("Branches");
    var branches = new ArrayList<Flow>();
    for (Fields branch : fields.each("Branches")) {
      branches.add(flow(branch));
      branch.end();
    }
    if (branches.isEmpty() && fields.has("Branches")) {
      fields.report("Value cannot be empty", "Branches");
    }
    return new State.Parallel(
        common(name, fields, Shape.WORK), branches, new RecoveryParser(fields).recovery());
  }

  /** Which of the common fields a type of state has. */
  enum Shape {
    WORK,
    MAP,
    PASSING,
    CHOICE,
    TERMINAL,
    FAILING
  }

  State.Common common(String name, Fields fields, Shape shape) {
    String next = null;
    if (shape == Shape.WORK || shape == Shape.MAP || shape == Shape.PASSING) {
      next = fields.text("Next");
      boolean end = fields.flag("End");
      if ((next == null) != end) {
        fields.report(
            next == null ? "These fields are required: [Next]" : "End state cannot have Next", "");
      }
    }
    return new State.Common(
        name, fields.language(), next, new DataFlowParser(fields, shape).dataFlow());
  }

  /** One member of what a template gives. */
  private record MemberOf(Expression template, String member) implements Expression {
    @Override
    public JsonNode evaluate(Scope scope) {
      return template.evaluate(scope).path(member);
    }

    @Override
    public Set<String> variables() {
      return template.variables();
    }
  }
}
