package dev.onboard.local.lambda.process;

import dev.onboard.local.lambda.host.CacheMaker;
import dev.onboard.local.lambda.host.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ahead-of-time caches (JEP 514) of function code: one a jar, made once, when nothing else is
 * to be done. This is what SnapStart is on AWS: the work of initialisation, done before.
 */
final class AotCaches {
  private static final Logger LOG = LoggerFactory.getLogger(AotCaches.class);

  /** SDK clients are built while a cache is made; nothing is called with these. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "AWS_REGION", "us-east-1",
          "AWS_ACCESS_KEY_ID", "test",
          "AWS_SECRET_ACCESS_KEY", "test");

  private final Path folder;
  private final Jvm jvm;
  private final Map<String, Wanted> wanted = new LinkedHashMap<>();

  /** The functions that share a code that has no cache yet. */
  private record Wanted(String classPath, Set<String> handlers, Map<String, String> environment) {}

  AotCaches(Path folder, Jvm jvm) {
    this.folder = folder;
    this.jvm = jvm;
  }

  /** The options with which a function's process uses its cache, if there is one. */
  List<String> options(FunctionSpec spec) throws IOException {
    Path cache = cache(spec.codeSha());
    if (Files.exists(cache)) {
      return List.of("-XX:AOTCache=" + cache);
    }
    String classPath = jvm.classPath(spec);
    synchronized (wanted) {
      Wanted w =
          wanted.computeIfAbsent(
              spec.codeSha(), sha -> new Wanted(classPath, new LinkedHashSet<>(), new HashMap<>()));
      w.handlers.add(spec.handler());
      w.environment.putAll(spec.environment());
    }
    return List.of();
  }

  /** Begins to make every cache that is missing; the processes that do so outlive this one. */
  void makeMissing() {
    List<Map.Entry<String, Wanted>> missing;
    synchronized (wanted) {
      missing = List.copyOf(wanted.entrySet());
      wanted.clear();
    }
    for (var entry : missing) {
      try {
        make(entry.getKey(), entry.getValue());
      } catch (IOException e) {
        LOG.warn("no start-up cache for functions: {}", e.toString());
      }
    }
  }

  private void make(String sha, Wanted w) throws IOException {
    Path cache = cache(sha);
    if (Files.exists(cache)) {
      return;
    }
    Files.createDirectories(folder);
    jvm.jars().forgetUnused(gone -> Files.deleteIfExists(cache(gone)));
    Path unfinished = folder.resolve(sha + "." + UUID.randomUUID() + ".tmp");
    var command = new ArrayList<String>();
    command.add(jvm.java());
    command.addAll(List.of("-Xmx32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", jvm.hostJar().toString(), CacheMaker.class.getName()));
    command.addAll(List.of(cache.toString(), unfinished.toString(), jvm.java()));
    command.addAll(Jvm.COMMON_OPTIONS);
    command.add("-XX:AOTCacheOutput=" + unfinished);
    command.addAll(List.of("-cp", w.classPath, Trainer.class.getName()));
    command.addAll(w.handlers);
    var builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(ENVIRONMENT);
    builder.environment().putAll(w.environment);
    builder
        .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private Path cache(String sha) {
    return folder.resolve(jvm.version() + "-" + sha + ".aot");
  }
}
