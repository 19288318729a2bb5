package dev.onboard.local.sfn.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a Map state. */
final class MapParser {
  private static final Map<String, Character> DELIMITERS =
      Map.of("COMMA", ',', "PIPE", '|', "SEMICOLON", ';', "SPACE", ' ', "TAB", '\t');

  private final DefinitionParser parser;
  private final Fields fields;
  private final boolean express;

  MapParser(DefinitionParser parser, Fields fields, boolean express) {
    this.parser = parser;
    this.fields = fields;
    this.express = express;
  }

  State map(String name) {
    String processorName = fields.has("Iterator") ? "Iterator" : "ItemProcessor";
    if (!fields.has(processorName)) {
      fields.require("ItemProcessor");
    }
    Fields processor = fields.within(processorName);
    Fields config = processor.has("ProcessorConfig") ? processor.within("ProcessorConfig") : null;
    Flow flow = processor.node().isObject() ? parser.flow(processor) : new Flow("", Map.of());
    boolean distributes = config != null && "DISTRIBUTED".equals(config.text("Mode"));
    State.Distributed distributed =
        distributes ? distributed(Objects.requireNonNull(config)) : null;
    if (config != null) {
      mode(config, distributes);
    }
    processor.end();
    Expression selector = selector();
    Setting items = items();
    return new State.MapState(
        parser.common(name, fields, DefinitionParser.Shape.MAP),
        flow,
        items,
        selector,
        fields.setting("MaxConcurrency"),
        tolerated("ToleratedFailureCount"),
        tolerated("ToleratedFailurePercentage"),
        distributed,
        new RecoveryParser(fields).recovery());
  }

  private void mode(Fields config, boolean distributes) {
    String mode = config.text("Mode");
    if (mode != null && !mode.equals("INLINE") && !mode.equals("DISTRIBUTED")) {
      config.report("Value is not valid, must be one of [INLINE, DISTRIBUTED]", "Mode");
    }
    if (distributes && express) {
      config.report("Express state machine does not support Distributed Map", "Mode");
    }
    config.end();
  }

  private @Nullable Expression selector() {
    if (fields.isJsonata()) {
      return fields.template("ItemSelector");
    }
    if (fields.has("Parameters") && fields.has("ItemSelector")) {
      fields.report("You cannot have both 'Parameters' and 'ItemSelector'", "");
    }
    return fields.template(fields.has("Parameters") ? "Parameters" : "ItemSelector");
  }

  private @Nullable Setting items() {
    if (!fields.isJsonata()) {
      Expression path = fields.path("ItemsPath");
      return path == null ? null : new Setting("ItemsPath", path);
    }
    Expression template = fields.template("Items");
    if (template instanceof Expression.Literal literal && !literal.value().isArray()) {
      fields.report("Value must be an array or a JSONata expression", "Items");
    }
    return template == null ? null : new Setting("Items", template);
  }

  private @Nullable Setting tolerated(String name) {
    return fields.setting(name);
  }

  private State.Distributed distributed(Fields config) {
    String type = config.text("ExecutionType");
    if (type == null) {
      config.require("ExecutionType");
    } else if (!type.equals("STANDARD") && !type.equals("EXPRESS")) {
      config.report("Value is not valid, must be one of [STANDARD, EXPRESS]", "ExecutionType");
    }
    String label = fields.text("Label");
    if (label != null) {
      label(label);
    }
    return new State.Distributed(
        "EXPRESS".equals(type),
        label,
        fields.has("ItemReader") ? reader(fields.within("ItemReader")) : null,
        fields.has("ItemBatcher") ? batcher(fields.within("ItemBatcher")) : null,
        fields.has("ResultWriter") ? writer(fields.within("ResultWriter")) : null);
  }

  private void label(String label) {
    if (label.isEmpty()) {
      fields.report("Label cannot be empty", "Label");
    } else if (label.length() > 40) {
      fields.report("Label cannot exceed 40 characters", "Label");
    }
    for (int i = 0; i < label.length(); i++) {
      char c = label.charAt(i);
      if (Character.isWhitespace(c)
          || Character.isISOControl(c)
          || "?*<>{}[]:;,\\|^~$#%&`\"".indexOf(c) >= 0) {
        fields.report("Label contains invalid character: '" + c + "'", "Label");
        return;
      }
    }
  }

  private @Nullable Expression arguments(Fields of) {
    return of.template(of.isJsonata() ? "Arguments" : "Parameters");
  }

  private State.@Nullable Reader reader(Fields reader) {
    reader.require("Resource");
    String resource = reader.text("Resource");
    boolean lists = resource != null && resource.endsWith(":s3:listObjectsV2");
    if (resource != null && !lists && !resource.endsWith(":s3:getObject")) {
      reader.report(
          "The resource provided "
              + resource
              + " is not recognized. The value is not a valid"
              + " resource ARN, or the resource is not available in this region.",
          "Resource");
    }
    Expression arguments = arguments(reader);
    if (arguments == null) {
      reader.require(reader.isJsonata() ? "Arguments" : "Parameters");
    }
    var read =
        reader.has("ReaderConfig")
            ? readerConfig(reader.within("ReaderConfig"), lists)
            : new ReaderConfig(State.InputType.JSON, null, ',', null);
    if (!lists && !reader.has("ReaderConfig")) {
      reader.require("ReaderConfig");
    }
    reader.end();
    return arguments == null
        ? null
        : new State.Reader(
            lists, arguments, read.type, read.headers, read.delimiter, read.maxItems);
  }

  private record ReaderConfig(
      State.InputType type,
      @Nullable List<String> headers,
      char delimiter,
      @Nullable Setting maxItems) {}

  private ReaderConfig readerConfig(Fields config, boolean lists) {
    State.InputType type = inputType(config, lists);
    List<String> headers = null;
    char delimiter = ',';
    if (type == State.InputType.CSV) {
      String place = config.text("CSVHeaderLocation");
      if ("GIVEN".equals(place)) {
        config.require("CSVHeaders");
        headers = config.texts("CSVHeaders");
      } else if (!"FIRST_ROW".equals(place)) {
        config.report("Value is not valid, must be one of [FIRST_ROW, GIVEN]", "CSVHeaderLocation");
      }
      String named = config.text("CSVDelimiter");
      Character found = named == null ? Character.valueOf(',') : DELIMITERS.get(named);
      if (found == null) {
        config.report(
            "Value is not valid, must be one of [COMMA, PIPE, SEMICOLON, SPACE, TAB]",
            "CSVDelimiter");
      } else {
        delimiter = found;
      }
    }
    Setting maxItems = config.setting("MaxItems");
    config.end();
    return new ReaderConfig(type, headers, delimiter, maxItems);
  }

  private static State.InputType inputType(Fields config, boolean lists) {
    String named = config.text("InputType");
    if (named == null) {
      if (!lists) {
        config.require("InputType");
      }
      return State.InputType.JSON;
    }
    for (State.InputType type : State.InputType.values()) {
      if (type.name().equals(named)) {
        return type;
      }
    }
    config.report(
        named.equals("PARQUET") || named.equals("MANIFEST")
            ? "The local runtime does not have the InputType " + named
            : "Value is not valid, must be one of [CSV, JSON, JSONL, PARQUET, MANIFEST]",
        "InputType");
    return State.InputType.JSON;
  }

  private State.Batcher batcher(Fields batcher) {
    Setting items = batcher.setting("MaxItemsPerBatch");
    Setting bytes = batcher.setting("MaxInputBytesPerBatch");
    if (items == null && bytes == null) {
      batcher.report(
          "At least one of these fields is required: [MaxItemsPerBatch, MaxInputBytesPerBatch]",
          "");
    }
    if (bytes != null
        && bytes.value() instanceof Expression.Literal literal
        && literal.value().longValue() > 262_144) {
      batcher.report("Value must be at most 262144", "MaxInputBytesPerBatch");
    }
    Expression input = batcher.template("BatchInput");
    batcher.end();
    return new State.Batcher(items, bytes, input);
  }

  private State.Writer writer(Fields writer) {
    Expression arguments = arguments(writer);
    String resource = writer.text("Resource");
    if ((resource == null) != (arguments == null)) {
      writer.require("Resource", writer.isJsonata() ? "Arguments" : "Parameters");
    } else if (resource != null && !resource.endsWith(":s3:putObject")) {
      writer.report(
          "The resource provided "
              + resource
              + " is not recognized. The value is not a valid"
              + " resource ARN, or the resource is not available in this region.",
          "Resource");
    }
    State.Transformation transformation =
        arguments == null ? State.Transformation.COMPACT : State.Transformation.NONE;
    boolean lines = false;
    if (writer.has("WriterConfig")) {
      Fields config = writer.within("WriterConfig");
      JsonNode named = config.get("Transformation");
      transformation = named == null ? transformation : transformation(config, named);
      String type = config.text("OutputType");
      if (type != null && !type.equals("JSON") && !type.equals("JSONL")) {
        config.report("Value is not valid, must be one of [JSON, JSONL]", "OutputType");
      }
      lines = "JSONL".equals(type);
      config.end();
    } else if (arguments == null) {
      writer.report("Value cannot be empty", "");
    }
    writer.end();
    return new State.Writer(arguments, transformation, lines);
  }

  private static State.Transformation transformation(Fields config, JsonNode named) {
    for (State.Transformation transformation : State.Transformation.values()) {
      if (transformation.name().equals(named.asText())) {
        return transformation;
      }
    }
    config.report("Value is not valid, must be one of [NONE, COMPACT, FLATTEN]", "Transformation");
    return State.Transformation.NONE;
  }
}
