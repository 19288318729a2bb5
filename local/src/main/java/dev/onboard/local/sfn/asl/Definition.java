package dev.onboard.local.sfn.asl;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A state machine's definition, ready to run.
 *
 * @param timeoutSeconds how long an execution may run; as long as it likes if {@code null}
 * @param variableReferences the variables that states refer to, by state
 */
public record Definition(
    Flow flow, @Nullable Long timeoutSeconds, Map<String, List<String>> variableReferences) {}
