package dev.onboard.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DocumentationTest {
  private static final Path PAGE =
      Path.of(System.getProperty("onboard.home", "..")).resolve("docs/check.md");

  @Test
  void page_listsEveryCodeOnceAndNoOther() throws IOException {
    List<String> rows =
        Pattern.compile("(?m)^\\| `([a-z-]+)`")
            .matcher(Files.readString(PAGE))
            .results()
            .map((MatchResult row) -> row.group(1))
            .toList();

    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(Arrays.stream(Code.values()).map(Code::key).toList());
  }
}
