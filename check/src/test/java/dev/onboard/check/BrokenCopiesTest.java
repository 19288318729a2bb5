package dev.onboard.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Copies of the project's own files with one thing broken in each. */
class BrokenCopiesTest {
  private static final Path HOME =
      Path.of(System.getProperty("onboard.home", "..")).toAbsolutePath().normalize();
  private static final String TEMPLATE = "cloudformation/onboard.yaml";

  @TempDir Path folder;

  static List<Edit> edits() {
    return Stream.of(PatternEdits.all(), TemplateEdits.all(), WorkflowEdits.all())
        .flatMap(List::stream)
        .toList();
  }

  @Test
  void theProjectItself_isClean() {
    assertThat(Check.of(HOME.resolve(TEMPLATE))).isEmpty();
  }

  @Test
  void edits_haveNamesOfTheirOwnAndMeetEveryCode() {
    assertThat(edits()).extracting(Edit::name).doesNotHaveDuplicates().hasSizeGreaterThan(40);
    assertThat(edits()).extracting(Edit::code).contains(Code.values());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("edits")
  void brokenCopy_isCaughtByTheOneCodeAtTheLine(Edit edit) throws IOException {
    copy();
    edit.apply(folder);

    List<Finding> findings = Check.of(folder.resolve(TEMPLATE));

    assertThat(findings).as("findings").extracting(Finding::code).containsOnly(edit.code());
    assertThat(findings)
        .anySatisfy(finding -> {
          assertThat(folder.relativize(finding.file())).hasToString(edit.at());
          assertThat(line(finding)).contains(edit.line());
          assertThat(finding.mend()).contains(edit.mend());
          assertThat(finding.problem()).isNotBlank();
        });
  }

  private static String line(Finding finding) {
    try {
      return Files.readAllLines(finding.file()).get(finding.line() - 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void copy() throws IOException {
    for (String part : List.of("cloudformation", "rules", "schemas", "statemachine")) {
      Path from = HOME.resolve(part);
      try (Stream<Path> files = Files.walk(from)) {
        for (Path file : files.filter(BrokenCopiesTest::isRead).toList()) {
          Path to = folder.resolve(HOME.relativize(file).toString());
          Files.createDirectories(to.getParent());
          Files.copy(file, to);
        }
      }
    }
  }

  private static boolean isRead(Path file) {
    String name = file.toString();
    return Files.isRegularFile(file)
        && (name.endsWith(".json") || name.endsWith(".yaml"))
        && !HOME.relativize(file).toString().contains("target/")
        && !HOME.relativize(file).toString().contains("src/");
  }
}
