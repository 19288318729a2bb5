package dev.onboard.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.local.lambda.host.CacheMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartUpCacheTest {
  @TempDir Path folder;

  @Test
  void cache_isMadeOnceFunctionsAreInvoked_andHoldsWhatTheyNeeded() throws IOException {
    try (var runtime = new LambdaRuntime(folder.resolve("data"), folder.resolve("caches"))) {
      runtime.create("sample", "x86_64");
      assertThat(echo(runtime, "1")).isEqualTo("{\"echo\":{\"n\":1}}");
    }
    // The processes that make caches outlive the runtime.
    ProcessHandle.current()
        .children()
        .filter(p -> p.info().commandLine().orElse("").contains(CacheMaker.class.getName()))
        .forEach(p -> p.onExit().join());
    assertThat(files(".aot")).hasSize(1);
    assertThat(files(".failed")).isEmpty();
    assertThat(files(".initialised")).isEmpty();
    String handler = SampleFunction.class.getName() + "::handleRequest";
    assertThat(Files.readAllLines(files(".order").getFirst())).containsExactly(handler);
    assertThat(Files.readAllLines(files(".classes").getFirst()))
        .contains(SampleFunction.class.getName(), "java.util.LinkedHashMap")
        .noneMatch(name -> name.contains("Lambda+") || name.contains("jdk.proxy"));
    try (var runtime = new LambdaRuntime(folder.resolve("data"), folder.resolve("caches"))) {
      assertThat(echo(runtime, "2")).isEqualTo("{\"echo\":{\"n\":2}}");
    }
    // What starts with a cache writes nothing down.
    assertThat(files(".initialised")).isEmpty();
  }

  private static String echo(LambdaRuntime runtime, String n) {
    return runtime.invoke("sample", "{\"n\":" + n + "}").payload().asUtf8String();
  }

  private List<Path> files(String end) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("caches/aot"))) {
      return files.filter(f -> f.toString().endsWith(end)).toList();
    }
  }
}
