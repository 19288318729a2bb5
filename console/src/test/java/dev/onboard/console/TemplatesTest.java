package dev.onboard.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the content security policy forbids is not written in the first place. */
class TemplatesTest {
  private static final Pattern INLINE =
      Pattern.compile(
          "\\sstyle\\s*=|\\son[a-z]+\\s*=|<style\\b|<script(?![^>]*\\bsrc=)|javascript:|hx-on",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern ELSEWHERE = Pattern.compile("(?:src|href|action)=\"(?:https?:)?//");
  private static final Pattern UNESCAPED = Pattern.compile("\\$unsafe");

  static List<Path> templates() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/jte"))) {
      return files.filter(f -> f.toString().endsWith(".jte")).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("templates")
  void template_hasNoInlineCodeAndNothingFromElsewhere(Path template) {
    assertThat(text(template))
        .doesNotContainPattern(INLINE)
        .doesNotContainPattern(ELSEWHERE)
        .doesNotContainPattern(UNESCAPED);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
