package dev.onboard.console.logs;

import dev.onboard.console.names.Names;
import dev.onboard.console.web.Environment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** The log groups, by whom they are written. */
final class Sources {
  /** As many as anybody would choose from; groups beyond are reached by their address. */
  private static final int MOST = 500;

  /** What each group is called, those of functions first. */
  private final Map<String, String> functions = new LinkedHashMap<>();

  private final Map<String, String> others = new LinkedHashMap<>();

  /** The group that each function logs to, whether there is one yet or not. */
  private final Map<String, String> groups = new HashMap<>();

  private Sources() {}

  static Sources read(Environment env) {
    var sources = new Sources();
    Names names = Names.of(env);
    List<String> groups =
        env
            .sdk()
            .client(CloudWatchLogsClient.class)
            .describeLogGroupsPaginator()
            .logGroups()
            .stream()
            .limit(MOST)
            .map(LogGroup::logGroupName)
            .toList();
    // The functions that write to each group: usually one, and never one that has logged nothing.
    var writers = new TreeMap<String, List<String>>();
    env.sdk().client(LambdaClient.class).listFunctionsPaginator().functions().stream()
        .limit(MOST)
        .forEach(f -> {
          String group = Names.logGroupOf(f);
          sources.groups.put(f.functionName(), group);
          writers
              .computeIfAbsent(group, _ -> new ArrayList<>())
              .add(names.name("AWS::Lambda::Function", f.functionName()));
        });
    for (String group : groups) {
      List<String> of = writers.get(group);
      if (of == null) {
        sources.others.put(group, names.name("AWS::Logs::LogGroup", group));
      } else {
        sources.functions.put(group, String.join(", ", of).replaceAll("Function\\b", ""));
      }
    }
    return sources;
  }

  Map<String, String> functions() {
    return functions;
  }

  Map<String, String> others() {
    return others;
  }

  /** Whether a function logs to a group, once it logs anything. */
  boolean isWritten(String group) {
    return groups.containsValue(group);
  }

  /** The group that a function logs to; null if there is no such function. */
  @Nullable String groupOf(String function) {
    return groups.get(function);
  }

  /** What a group is called; its own name if nobody gave it another. */
  String title(String group) {
    return Objects.requireNonNullElse(titleOrNull(group), group);
  }

  private @Nullable String titleOrNull(String group) {
    return functions.containsKey(group) ? functions.get(group) : others.get(group);
  }
}
