package dev.onboard.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.check.Check;
import dev.onboard.check.Finding;
import dev.onboard.check.Severity;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Proves of a template, its rules, schemas and workflows what can be proved without running them.",
      "Ends with 1 if something is wrong; docs/check.md lists what is found."
    },
    footer = {
      "",
      "Example:",
      "  ./onboard check",
      "  ./onboard check --template cloudformation/onboard.yaml --json"
    })
final class CheckCommand implements Callable<Integer> {
  private static final JsonMapper JSON = new JsonMapper();

  @Option(
      names = "--template",
      paramLabel = "FILE",
      description = "the template (default: cloudformation/onboard.yaml of the checkout)")
  @Nullable Path template;

  @Option(names = "--json", description = "one JSON object a finding")
  boolean json;

  @Option(names = "--strict", description = "end with 1 for warnings, too")
  boolean strict;

  @CommandLine.Spec CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    Path file = template == null ? Project.here().template() : template;
    if (!Files.isRegularFile(file)) {
      throw new Failure(file + " is not there");
    }
    PrintWriter out = spec.commandLine().getOut();
    List<Finding> findings = Check.of(file);
    findings.forEach(finding -> out.println(json ? object(finding) : line(finding)));
    long errors = findings.stream().filter(f -> f.severity() == Severity.ERROR).count();
    if (!json) {
      out.println(summary(file, errors, findings.size() - errors));
    }
    out.flush();
    return errors > 0 || strict && !findings.isEmpty() ? 1 : 0;
  }

  private static String summary(Path file, long errors, long warnings) {
    return "%s and what it includes: %s, %s"
        .formatted(shown(file), counted(errors, "error"), counted(warnings, "warning"));
  }

  private static String counted(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private static String line(Finding finding) {
    String warning = finding.severity() == Severity.WARNING ? "warning: " : "";
    String mend = finding.mend();
    boolean sentence = mend.length() > 1 && Character.isLowerCase(mend.charAt(1));
    return "%s:%d: %s%s; %s [%s]"
        .formatted(
            shown(finding.file()),
            finding.line(),
            warning,
            finding.problem(),
            sentence ? Character.toLowerCase(mend.charAt(0)) + mend.substring(1) : mend,
            finding.code().key());
  }

  private static ObjectNode object(Finding finding) {
    return JSON.createObjectNode()
        .put("code", finding.code().key())
        .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
        .put("file", shown(finding.file()))
        .put("line", finding.line())
        .put("problem", finding.problem())
        .put("mend", finding.mend());
  }

  /** A file as one would name it from here. */
  private static String shown(Path file) {
    Path here = Path.of("").toAbsolutePath();
    Path path = file.toAbsolutePath().normalize();
    return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
  }
}
