package dev.onboard.console.flow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names that a template's values refer to: {@code Ref}, {@code Fn::GetAtt}, {@code Fn::Sub}.
 */
final class References {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^!{}][^{}]*)}");

  private References() {}

  static void collect(JsonNode value, Consumer<String> names) {
    if (value.isArray()) {
      value.forEach(item -> collect(item, names));
      return;
    }
    value
        .properties()
        .forEach(entry -> {
          JsonNode argument = entry.getValue();
          switch (entry.getKey()) {
            case "Ref" -> names.accept(argument.asText());
            case "Fn::GetAtt" -> names.accept(attribute(argument));
            case "Fn::Sub" -> {
              substituted(argument.isArray() ? argument.path(0) : argument, names);
              collect(argument, names);
            }
            default -> collect(argument, names);
          }
        });
  }

  private static String attribute(JsonNode argument) {
    return argument.isArray()
        ? argument.path(0).asText()
        : argument.asText().replaceFirst("\\..*", "");
  }

  private static void substituted(JsonNode text, Consumer<String> names) {
    Matcher matcher = VARIABLE.matcher(text.asText());
    while (matcher.find()) {
      names.accept(matcher.group(1).strip().replaceFirst("\\..*", ""));
    }
  }
}
