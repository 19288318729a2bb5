package dev.onboard.local.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudformation.model.Parameter;

/**
 * The values of a template's parameters, from what was given, was there before, or is the default.
 */
final class ParameterValues {
  private ParameterValues() {}

  /**
   * Chooses and checks the values.
   *
   * @param previous the values of the stack as it is
   */
  static Map<String, String> choose(
      Map<String, ParameterDeclaration> declared,
      List<Parameter> given,
      Map<String, String> previous) {
    var chosen = new LinkedHashMap<String, String>();
    List<String> unknown =
        given.stream().map(Parameter::parameterKey).filter(k -> !declared.containsKey(k)).toList();
    if (!unknown.isEmpty()) {
      throw Invalid.request("Parameters: " + unknown + " do not exist in the template");
    }
    for (Parameter parameter : given) {
      String key = parameter.parameterKey();
      if (Boolean.TRUE.equals(parameter.usePreviousValue())) {
        if (parameter.parameterValue() != null) {
          throw Invalid.request(
              "Invalid input for parameter key "
                  + key
                  + ". Cannot specify usePreviousValue as true and non empty value for a"
                  + " parameter");
        }
        if (!previous.containsKey(key)) {
          throw Invalid.request(
              "Invalid input for parameter key "
                  + key
                  + ". Cannot specify usePreviousValue as true for a parameter key not in the"
                  + " previous template");
        }
        chosen.put(key, previous.get(key));
      } else if (parameter.parameterValue() != null) {
        chosen.put(key, parameter.parameterValue());
      }
    }
    return complete(declared, chosen);
  }

  private static Map<String, String> complete(
      Map<String, ParameterDeclaration> declared, Map<String, String> chosen) {
    var values = new LinkedHashMap<String, String>();
    var missing = new ArrayList<String>();
    declared.forEach((name, declaration) -> {
      String value = chosen.getOrDefault(name, declaration.defaultValue());
      if (value == null) {
        missing.add(name);
      } else {
        values.put(name, value);
      }
    });
    if (!missing.isEmpty()) {
      throw Invalid.request("Parameters: " + missing + " must have values");
    }
    values.forEach((name, value) -> declared.get(name).check(value));
    return values;
  }

  /** The values as {@code Ref} gives them. */
  static Map<String, JsonNode> referenced(
      Map<String, ParameterDeclaration> declared, Map<String, String> values) {
    var referenced = new LinkedHashMap<String, JsonNode>();
    declared.forEach((name, declaration) -> {
      if (values.containsKey(name)) {
        referenced.put(name, declaration.referenced(values.get(name)));
      }
    });
    return referenced;
  }
}
