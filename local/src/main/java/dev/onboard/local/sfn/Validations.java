package dev.onboard.local.sfn;

import dev.onboard.local.sfn.asl.DefinitionParser;
import dev.onboard.local.sfn.asl.Diagnostic;
import dev.onboard.local.sfn.asl.InvalidDefinition;
import dev.onboard.local.sfn.run.Engine;
import java.util.List;
import software.amazon.awssdk.services.sfn.model.StateMachineType;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionDiagnostic;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionRequest;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionResponse;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionResultCode;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionSeverity;

/** The check of a definition without a state machine. */
final class Validations {
  private final Engine engine;

  Validations(Engine engine) {
    this.engine = engine;
  }

  ValidateStateMachineDefinitionResponse validate(ValidateStateMachineDefinitionRequest request) {
    boolean express = request.type() == StateMachineType.EXPRESS;
    List<Diagnostic> found = List.of();
    try {
      DefinitionParser.parse(request.definition(), express, engine.connectors()::refusal);
    } catch (InvalidDefinition e) {
      found = e.diagnostics();
    }
    int most =
        request.maxResults() == null || request.maxResults() == 0
            ? Limits.DEFAULT_PAGE
            : request.maxResults();
    return ValidateStateMachineDefinitionResponse.builder()
        .result(
            found.isEmpty()
                ? ValidateStateMachineDefinitionResultCode.OK
                : ValidateStateMachineDefinitionResultCode.FAIL)
        .diagnostics(found.stream().limit(most).map(Validations::diagnostic).toList())
        .truncated(found.size() > most)
        .build();
  }

  private static ValidateStateMachineDefinitionDiagnostic diagnostic(Diagnostic diagnostic) {
    return ValidateStateMachineDefinitionDiagnostic.builder()
        .severity(ValidateStateMachineDefinitionSeverity.ERROR)
        .code(diagnostic.code())
        .message(diagnostic.message())
        .location(diagnostic.location())
        .build();
  }
}
