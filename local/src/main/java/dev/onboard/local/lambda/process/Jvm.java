package dev.onboard.local.lambda.process;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import dev.onboard.local.lambda.host.FunctionHost;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/** The Java that functions run on, which is this process's own, and what is around a function. */
final class Jvm {
  /** Options that must be the same when a cache is made and when it is used. */
  static final List<String> COMMON_OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          // Mapped where it was made and not elsewhere at random, a cache is shared by all
          // processes.
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:ArchiveRelocationMode=0",
          "-Xss512k",
          "-XX:-UsePerfData",
          "-XX:MaxMetaspaceSize=160m",
          "-XX:ReservedCodeCacheSize=128m",
          "-Xlog:disable",
          "-Xlog:all=off",
          // Lets org.crac find the context that is Lambda's, as on AWS.
          "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
          "--enable-native-access=ALL-UNNAMED");

  private static final List<String> HOST_CLASSES =
      List.of(
          "FunctionHost",
          "HttpRuntimeApi",
          "SnapshotHooks",
          "CacheMaker",
          "Trainer",
          "Trainer$Step");

  private final Path hostJar;
  private final FunctionJars jars;

  /**
   * Writes the jar that is around every function.
   *
   * @param folder where to
   */
  Jvm(Path folder) {
    this.jars = new FunctionJars(folder.resolve("code"));
    try {
      Files.createDirectories(folder);
      this.hostJar = hostJar(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  String version() {
    return System.getProperty("java.vm.version").replaceAll("[^A-Za-z0-9.]", "_");
  }

  Path hostJar() {
    return hostJar;
  }

  /** The class path of a function's process: the host, AWS's client, then the function's jars. */
  String classPath(FunctionSpec spec) throws IOException {
    var path = new ArrayList<String>();
    path.add(hostJar.toString());
    for (Class<?> type :
        List.of(
            AWSLambda.class, Context.class, PojoSerializer.class, SdkInternalThreadLocal.class)) {
      path.add(jarOf(type).toString());
    }
    jars.of(spec).forEach(jar -> path.add(jar.toString()));
    return String.join(File.pathSeparator, path);
  }

  FunctionJars jars() {
    return jars;
  }

  private static Path jarOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A cache holds no classes from folders, and in a build this module is one. */
  private static Path hostJar(Path folder) throws IOException {
    Path written = folder.resolve("host." + UUID.randomUUID() + ".tmp");
    try (var jar = new JarOutputStream(Files.newOutputStream(written))) {
      String prefix = FunctionHost.class.getPackageName().replace('.', '/') + "/";
      for (String name : HOST_CLASSES) {
        String path = prefix + name + ".class";
        var entry = new JarEntry(path);
        entry.setTimeLocal(java.time.LocalDateTime.of(2026, 1, 1, 0, 0));
        jar.putNextEntry(entry);
        try (InputStream in = FunctionHost.class.getClassLoader().getResourceAsStream(path)) {
          if (in == null) {
            throw new IllegalStateException(path + " must be on the class path");
          }
          in.transferTo(jar);
        }
        jar.closeEntry();
      }
    }
    // A cache is bound to the jar's time and size, so one that is the same is left alone.
    Path jar = folder.resolve("host.jar");
    if (Files.exists(jar) && Files.mismatch(jar, written) < 0) {
      Files.delete(written);
    } else {
      Files.move(written, jar, StandardCopyOption.REPLACE_EXISTING);
    }
    return jar;
  }
}
