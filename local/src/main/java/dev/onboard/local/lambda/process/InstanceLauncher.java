package dev.onboard.local.lambda.process;

import dev.onboard.local.call.RequestIds;
import dev.onboard.local.clock.LocalClock;
import dev.onboard.local.lambda.host.FunctionHost;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Starts the processes of functions: command line, environment, log. */
public final class InstanceLauncher {
  private static final int FIRST_HEAP = 24;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);

  private final Jvm jvm;
  private final AotCaches caches;
  private final LocalClock clock;
  private final Homes homes;
  private final InstanceLog.Sink sink;
  private final Billing billing;

  /** What a process needs to call home. */
  public record Home(
      URI endpoint, String region, Map<String, String> credentials, Instant expires) {}

  /** Gives a function's process its way home. */
  @FunctionalInterface
  public interface Homes {
    Home home(FunctionSpec spec);
  }

  /** Takes the log lines of functions. */
  @FunctionalInterface
  public interface Logs {
    void put(FunctionSpec spec, String stream, List<Map.Entry<Instant, String>> lines);
  }

  /** Takes note of invocations. */
  @FunctionalInterface
  public interface Billing {
    /**
     * An invocation has ended.
     *
     * @param millis for how long Lambda would bill it
     */
    void ran(FunctionSpec spec, long millis);
  }

  /**
   * A launcher.
   *
   * @param folder where the jar around functions and their start-up caches are kept
   */
  public InstanceLauncher(Path folder, LocalClock clock, Homes homes, Logs logs, Billing billing) {
    this.jvm = new Jvm(folder);
    this.caches = new AotCaches(folder.resolve("aot"), jvm);
    this.clock = clock;
    this.homes = homes;
    this.billing = billing;
    this.sink =
        (spec, stream, lines) ->
            logs.put(spec, stream, lines.stream().map(l -> Map.entry(l.at(), l.text())).toList());
  }

  /** Starts a process, which then loads the function. */
  Instance launch(FunctionSpec spec) throws IOException {
    String id = RequestIds.next();
    Home home = homes.home(spec);
    String stream =
        DAY.format(clock.now())
            + "/"
            + spec.name()
            + "["
            + spec.version()
            + "]"
            + id.replace("-", "");
    var log = new InstanceLog(spec, stream, clock, sink);
    Process process = process(spec, id, environment(spec, id, stream, home));
    var instance = new Instance(id, spec, process, log, billing, home.expires());
    log.follow(process.getInputStream());
    return instance;
  }

  private Process process(FunctionSpec spec, String id, Map<String, String> environment)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(jvm.java());
    command.addAll(Jvm.COMMON_OPTIONS);
    // Without it a heap begins with a sixty-fourth of the machine's memory, and uses all of that.
    command.add("-Xms" + Math.min(FIRST_HEAP, spec.memory()) + "m");
    command.add("-Xmx" + spec.memory() + "m");
    command.addAll(caches.options(spec, id));
    command.addAll(List.of("-cp", jvm.classPath(spec)));
    command.addAll(List.of(FunctionHost.class.getName(), spec.handler()));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  private static Map<String, String> environment(
      FunctionSpec spec, String id, String stream, Home home) {
    var environment = new LinkedHashMap<String, String>();
    environment.put("PATH", String.valueOf(System.getenv("PATH")));
    environment.put("LANG", "en_US.UTF-8");
    environment.put("TZ", ":UTC");
    environment.put("AWS_REGION", home.region());
    environment.put("AWS_DEFAULT_REGION", home.region());
    environment.put("AWS_ENDPOINT_URL", home.endpoint().toString());
    environment.put("AWS_EXECUTION_ENV", "AWS_Lambda_java25");
    environment.put(
        "AWS_LAMBDA_INITIALIZATION_TYPE", spec.snapStart() ? "snap-start" : "on-demand");
    environment.put("AWS_LAMBDA_FUNCTION_NAME", spec.name());
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", spec.version());
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(spec.memory()));
    environment.put("AWS_LAMBDA_LOG_GROUP_NAME", spec.logGroup());
    environment.put("AWS_LAMBDA_LOG_STREAM_NAME", stream);
    environment.put("AWS_LAMBDA_LOG_FORMAT", spec.jsonLogs() ? "JSON" : "Text");
    environment.put("_HANDLER", spec.handler());
    environment.putAll(spec.environment());
    environment.putAll(home.credentials());
    environment.put(
        "AWS_LAMBDA_RUNTIME_API", home.endpoint().getAuthority() + RuntimeApi.PREFIX + id);
    return environment;
  }

  /** {@link AotCaches#turn}. */
  int turn(FunctionSpec spec) {
    return caches.turn(spec);
  }

  /** Notes that a function has been invoked. */
  void invoked(FunctionSpec spec) {
    caches.invoked(spec);
  }

  /**
   * Begins to make the start-up caches that are missing.
   *
   * @param all whether to make those, too, of functions that have not been invoked yet
   */
  void makeMissingCaches(boolean all) {
    caches.makeMissing(all);
  }
}
