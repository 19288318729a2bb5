package dev.onboard.local.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A function for tests: does what its event says. It runs in a process of its own. */
public final class SampleFunction {
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context)
      throws InterruptedException {
    if (event.containsKey("Records")) {
      return batch(event);
    }
    String what = String.valueOf(event.get("do"));
    var answer = new LinkedHashMap<String, Object>();
    switch (what) {
      case "throw" -> throw new IllegalStateException("as it was told");
      case "exit" -> System.exit(7);
      case "hang" -> Thread.sleep(600_000);
      case "env" -> {
        answer.put("GREETING", System.getenv("GREETING"));
        answer.put("AWS_REGION", System.getenv("AWS_REGION"));
        answer.put("AWS_SESSION_TOKEN", System.getenv("AWS_SESSION_TOKEN"));
        answer.put("version", context.getFunctionVersion());
        answer.put("arn", context.getInvokedFunctionArn());
        answer.put("remaining", context.getRemainingTimeInMillis());
      }
      default -> {
        context.getLogger().log("echo " + event);
        answer.put("echo", event);
      }
    }
    return answer;
  }

  private static Map<String, Object> batch(Map<String, Object> event) {
    var failures = new ArrayList<Map<String, Object>>();
    for (Object record : (List<?>) event.get("Records")) {
      Map<?, ?> message = (Map<?, ?>) record;
      if (String.valueOf(message.get("body")).startsWith("bad")) {
        failures.add(Map.of("itemIdentifier", message.get("messageId")));
      }
    }
    return Map.of("batchItemFailures", failures);
  }
}
