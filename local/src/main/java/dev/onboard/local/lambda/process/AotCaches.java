package dev.onboard.local.lambda.process;

import dev.onboard.local.lambda.host.CacheMaker;
import dev.onboard.local.lambda.host.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ahead-of-time caches (JEP 514) of function code: one a jar, made once, when nothing else is
 * to be done. This is what SnapStart is on AWS: the work of initialisation, done before.
 *
 * <p>A process without a cache writes down which classes it initialises, its invocations included;
 * the one that the cache is made of initialises them all.
 */
final class AotCaches {
  private static final Logger LOG = LoggerFactory.getLogger(AotCaches.class);

  /** SDK clients are built while a cache is made; {@link CacheMaker} answers what they call. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "AWS_REGION", "us-east-1",
          "AWS_ACCESS_KEY_ID", "test",
          "AWS_SECRET_ACCESS_KEY", "test",
          "AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");

  /** A line of the JVM's log about a class that can be found by its name. */
  private static final Pattern CLASS =
      Pattern.compile("^\\d+ Initializing '(?!(?:com/sun/proxy/)?jdk/proxy)([^'+]+)'");

  /** The end of the name of a file that a process writes its classes to. */
  private static final String INITIALISED = ".initialised";

  private final Path folder;
  private final Jvm jvm;
  private final Map<String, Wanted> wanted = new LinkedHashMap<>();

  /** The functions that share a code that has no cache yet. */
  private static final class Wanted {
    final String classPath;
    final Set<String> handlers = new LinkedHashSet<>();
    final Map<String, String> environment = new HashMap<>();
    final Set<String> invoked = new LinkedHashSet<>();

    Wanted(String classPath) {
      this.classPath = classPath;
    }
  }

  AotCaches(Path folder, Jvm jvm) {
    this.folder = folder;
    this.jvm = jvm;
  }

  /**
   * The options with which a function's process uses its cache; or, if there is none, those with
   * which it tells what should be in it.
   *
   * @param id of the process
   */
  List<String> options(FunctionSpec spec, String id) throws IOException {
    Path cache = cache(spec.codeSha());
    if (Files.exists(cache)) {
      return List.of("-XX:AOTCache=" + cache);
    }
    String classPath = jvm.classPath(spec);
    synchronized (wanted) {
      Wanted w = wanted.computeIfAbsent(spec.codeSha(), sha -> new Wanted(classPath));
      w.handlers.add(spec.handler());
      w.environment.putAll(spec.environment());
    }
    Files.createDirectories(folder);
    Path file = folder.resolve(spec.codeSha() + "." + id + INITIALISED);
    return List.of("-Xlog:class+init=info:file=\"" + file + "\":none:filesize=0");
  }

  /** Notes that a function has been invoked, so that its process has told what it needs. */
  void invoked(FunctionSpec spec) {
    synchronized (wanted) {
      Wanted w = wanted.get(spec.codeSha());
      if (w != null) {
        w.invoked.add(spec.handler());
      }
    }
  }

  /**
   * When a function was first invoked among those of its code: 0 for the first one, and for all as
   * long as that is not known; {@link Integer#MAX_VALUE} for one that was not. Known it is of the
   * run that the cache was made of.
   */
  int turn(FunctionSpec spec) {
    Path order = order(spec.codeSha());
    if (!Files.exists(order)) {
      return 0;
    }
    try {
      int index = Files.readAllLines(order).indexOf(spec.handler());
      return index < 0 ? Integer.MAX_VALUE : index;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Begins to make every cache that is missing; the processes that do so outlive this one.
   *
   * @param all whether to make those, too, of functions that have not been invoked yet
   */
  void makeMissing(boolean all) {
    var missing = new LinkedHashMap<String, Wanted>();
    synchronized (wanted) {
      wanted.forEach((sha, w) -> {
        if (all || !w.invoked.isEmpty()) {
          missing.put(sha, w);
        }
      });
      wanted.keySet().removeAll(missing.keySet());
    }
    for (var entry : missing.entrySet()) {
      try {
        make(entry.getKey(), entry.getValue());
      } catch (IOException e) {
        LOG.warn("no start-up cache for functions: {}", e.toString());
      }
    }
  }

  private void make(String sha, Wanted w) throws IOException {
    Path cache = cache(sha);
    Set<String> initialised = initialised(sha);
    if (Files.exists(cache)) {
      return;
    }
    jvm.jars().forgetUnused(this::forget);
    Path classes = classes(sha);
    Files.write(classes, initialised);
    Files.write(order(sha), w.invoked);
    Path unfinished = folder.resolve(sha + "." + UUID.randomUUID() + ".tmp");
    var command = new ArrayList<String>();
    command.add(jvm.java());
    command.addAll(List.of("-Xmx32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", jvm.hostJar().toString(), CacheMaker.class.getName()));
    command.addAll(List.of(cache.toString(), unfinished.toString(), jvm.java()));
    command.addAll(Jvm.COMMON_OPTIONS);
    command.add("-XX:AOTCacheOutput=" + unfinished);
    command.addAll(List.of("-cp", w.classPath, Trainer.class.getName(), classes.toString()));
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

  private void forget(String sha) throws IOException {
    initialised(sha);
    Files.deleteIfExists(cache(sha));
    Files.deleteIfExists(classes(sha));
    Files.deleteIfExists(order(sha));
  }

  /** Takes what processes of that code have written down: the classes that they initialised. */
  private Set<String> initialised(String sha) throws IOException {
    var names = new LinkedHashSet<String>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, sha + ".*" + INITIALISED)) {
      for (Path file : files) {
        // A name with other letters is not found later; nothing fails of it here.
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
          lines
              .map(CLASS::matcher)
              .filter(Matcher::find)
              .forEach(name -> names.add(name.group(1).replace('/', '.')));
        }
        Files.delete(file);
      }
    }
    return names;
  }

  private Path classes(String sha) {
    return folder.resolve(sha + ".classes");
  }

  private Path order(String sha) {
    return folder.resolve(sha + ".order");
  }

  private Path cache(String sha) {
    return folder.resolve(jvm.version() + "-" + sha + ".aot");
  }
}
