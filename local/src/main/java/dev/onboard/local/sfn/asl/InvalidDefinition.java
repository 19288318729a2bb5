package dev.onboard.local.sfn.asl;

import java.util.List;
import java.util.stream.Collectors;

/** A text that is no definition; the message is Step Functions' own. */
public final class InvalidDefinition extends Exception {
  private final transient List<Diagnostic> diagnostics;

  InvalidDefinition(List<Diagnostic> diagnostics) {
    super(diagnostics.stream().map(Diagnostic::toString).collect(Collectors.joining(", ")));
    this.diagnostics = List.copyOf(diagnostics);
  }

  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
