package dev.onboard.console.story;

import dev.onboard.console.stack.LogLine;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An invocation of a function as its log tells of it, with its repetitions under the same id.
 *
 * @param function as the template calls it, without {@code Function}
 * @param group its log group
 * @param began when the first attempt began
 * @param took how long the last attempt took, if it has ended
 * @param attempts how many there were
 * @param failed whether the last one failed
 * @param lines what it logged, the platform's lines left out
 */
record Invocation(
    String function,
    String group,
    String requestId,
    @Nullable Instant began,
    @Nullable Duration took,
    int attempts,
    boolean failed,
    List<LogLine> lines) {

  Step.Builder step(String what) {
    Step.Builder step =
        Step.of("Lambda", what)
            .at(began)
            .took(took)
            .state(failed ? Step.State.FAILED : attempts > 1 ? Step.State.RETRIED : Step.State.OK)
            .link(Reference.to("log of " + function, "logs", group).with("q", requestId))
            .command(
                ShownBy.aws(
                    "logs",
                    "filter-log-events",
                    "--log-group-name",
                    group,
                    "--filter-pattern",
                    '"' + requestId + '"'));
    if (attempts > 1) {
      step.detail(attempts + " attempts");
    }
    var texts = new LinkedHashMap<String, Integer>();
    lines.forEach(l -> texts.merge(l.text(), 1, Integer::sum));
    texts.forEach(
        (text, times) -> step.detail(times == 1 ? text : text + " (" + times + " times)"));
    return step;
  }
}
