package dev.onboard.local.lambda.process;

import dev.onboard.local.wire.HttpCall;
import dev.onboard.local.wire.Outgoing;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Lambda Runtime API as the processes of functions see it, one path prefix an instance. */
public final class RuntimeApi {
  /** How the paths of the Runtime API begin on the endpoint. */
  public static final String PREFIX = "/_lambda/";

  private static final Pattern PATH =
      Pattern.compile(PREFIX + "([^/]+)/2018-06-01/runtime/(init|invocation)/(.+)");
  private static final byte[] EMPTY = new byte[0];

  private final InstancePool pool;

  RuntimeApi(InstancePool pool) {
    this.pool = pool;
  }

  /** Answers a process. */
  public void handle(HttpCall call, Outgoing out) throws IOException {
    Matcher path = PATH.matcher(call.path());
    Instance instance = path.matches() ? pool.instance(path.group(1)) : null;
    if (instance == null) {
      out.send(410, Map.of(), EMPTY);
      return;
    }
    String what = path.group(3);
    if (path.group(2).equals("init")) {
      byte[] body = call.body().readAllBytes();
      if (what.equals("complete")) {
        instance.initComplete();
      } else {
        instance.initFailed(body);
      }
      out.send(202, Map.of(), EMPTY);
    } else if (what.equals("next")) {
      next(instance, out);
    } else {
      byte[] body = call.body().readAllBytes();
      String requestId = what.substring(0, what.indexOf('/'));
      Outcome outcome =
          what.endsWith("/response") ? new Outcome.Success(body) : new Outcome.Failure(body);
      out.send(instance.answered(requestId, outcome) ? 202 : 400, Map.of(), EMPTY);
    }
  }

  private static void next(Instance instance, Outgoing out) throws IOException {
    Invocation invocation;
    try {
      invocation = instance.next();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      invocation = null;
    }
    if (invocation == null) {
      out.send(410, Map.of(), EMPTY);
      return;
    }
    var headers = new LinkedHashMap<String, String>();
    headers.put("Content-Type", "application/json");
    headers.put("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
    headers.put("Lambda-Runtime-Deadline-Ms", Long.toString(invocation.deadlineMillis()));
    headers.put("Lambda-Runtime-Invoked-Function-Arn", invocation.functionArn());
    out.send(200, headers, invocation.payload());
  }
}
