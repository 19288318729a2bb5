package dev.onboard.check.workflow;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The fields that Amazon States Language knows. */
public final class StateFields {
  public static final Set<String> MACHINE =
      Set.of("Comment", "StartAt", "States", "TimeoutSeconds", "Version", "QueryLanguage");

  public static final Set<String> BRANCH =
      Set.of("Comment", "StartAt", "States", "QueryLanguage", "ProcessorConfig");

  /** What states in JSONata do not have. */
  public static final Set<String> JSONPATH_ALONE =
      Set.of(
          "InputPath",
          "OutputPath",
          "Parameters",
          "ResultPath",
          "ResultSelector",
          "Result",
          "ItemsPath",
          "SecondsPath",
          "TimestampPath",
          "TimeoutSecondsPath",
          "HeartbeatSecondsPath",
          "MaxConcurrencyPath",
          "ToleratedFailurePercentagePath",
          "ToleratedFailureCountPath",
          "ErrorPath",
          "CausePath");

  /** What states in JSONPath do not have. */
  public static final Set<String> JSONATA_ALONE = Set.of("Arguments", "Output", "Items");

  private static final Map<String, Set<String>> TYPES =
      types(
          Map.of(
              "Task",
              "Resource Arguments Parameters Credentials TimeoutSeconds TimeoutSecondsPath"
                  + " HeartbeatSeconds HeartbeatSecondsPath Retry Catch ResultPath ResultSelector"
                  + " Assign Next End",
              "Pass",
              "Result Parameters ResultPath Assign Next End",
              "Wait",
              "Seconds Timestamp SecondsPath TimestampPath Assign Next End",
              "Choice",
              "Choices Default Assign",
              "Succeed",
              "",
              "Fail",
              "Error Cause ErrorPath CausePath",
              "Parallel",
              "Branches Arguments Parameters Retry Catch ResultPath ResultSelector Assign Next End",
              "Map",
              "Items ItemsPath ItemProcessor Iterator ItemReader ItemSelector Parameters ItemBatcher"
                  + " ResultWriter MaxConcurrency MaxConcurrencyPath ToleratedFailurePercentage"
                  + " ToleratedFailurePercentagePath ToleratedFailureCount ToleratedFailureCountPath"
                  + " Label Retry Catch ResultPath ResultSelector Assign Next End"));

  private StateFields() {}

  private static Map<String, Set<String>> types(Map<String, String> own) {
    var types = new TreeMap<String, Set<String>>();
    own.forEach((type, names) -> {
      var fields = new TreeSet<>(Set.of("Type", "Comment", "QueryLanguage"));
      if (!type.equals("Fail")) {
        fields.addAll(Set.of("InputPath", "OutputPath", "Output"));
      }
      fields.addAll(Set.of(names.split(" ")));
      fields.remove("");
      types.put(type, Set.copyOf(fields));
    });
    return types;
  }

  /** The fields of a type of state; none if there is no such type. */
  public static Set<String> of(String type) {
    return TYPES.getOrDefault(type, Set.of());
  }

  public static Collection<String> types() {
    return TYPES.keySet();
  }
}
