package dev.onboard.local.lambda.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What it takes to run one version of a function.
 *
 * @param key names this version in this configuration; an instance serves one key alone
 * @param name the function's name
 * @param version {@code $LATEST} or a number
 * @param codeSha names the code; functions with the same code share an ahead-of-time cache
 * @param classPath the function's jars
 * @param memory in megabytes, the bound of the heap
 * @param timeoutSeconds how long one invocation may take
 * @param maxConcurrency the most instances at a time, by reservation
 * @param jsonLogs whether the platform's own log lines are JSON
 * @param snapStart whether it is initialised when it is published
 * @param arm whether it is billed as one on arm64, whatever this machine is
 */
public record FunctionSpec(
    String key,
    String name,
    String version,
    String handler,
    String codeSha,
    List<Path> classPath,
    int memory,
    int timeoutSeconds,
    Map<String, String> environment,
    String roleArn,
    String logGroup,
    int maxConcurrency,
    boolean jsonLogs,
    boolean snapStart,
    boolean arm) {}
