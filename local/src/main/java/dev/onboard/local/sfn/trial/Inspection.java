package dev.onboard.local.sfn.trial;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.local.sfn.asl.Json;
import dev.onboard.local.sfn.asl.Payload;
import dev.onboard.local.sfn.asl.Scope;
import dev.onboard.local.sfn.asl.Tolerance;
import java.util.List;
import software.amazon.awssdk.services.sfn.model.InspectionData;
import software.amazon.awssdk.services.sfn.model.InspectionErrorDetails;

/** Notes what a state does to its data, as the inspection data of TestState. */
final class Inspection implements Scope.Observer {
  private final List<Payload> given;
  private final InspectionData.Builder data = InspectionData.builder();
  private final InspectionErrorDetails.Builder error = InspectionErrorDetails.builder();

  /**
   * Begins.
   *
   * @param given what the state is given; where it comes through unchanged it keeps its text
   */
  Inspection(Payload input, List<Payload> given) {
    this.given = given;
    data.input(input.text());
  }

  /** The text of what the state has made. */
  String text(JsonNode value) {
    return given.stream()
        .filter(payload -> payload.node() == value)
        .findFirst()
        .map(Payload::text)
        .orElseGet(() -> Json.text(value));
  }

  @Override
  public void see(Scope.Stage stage, JsonNode value) {
    String text = text(value);
    switch (stage) {
      case AFTER_INPUT_PATH -> data.afterInputPath(text);
      case AFTER_PARAMETERS -> data.afterParameters(text);
      case AFTER_ARGUMENTS -> data.afterArguments(text);
      case AFTER_ITEMS_PATH -> data.afterItemsPath(text);
      case AFTER_ITEM_SELECTOR -> data.afterItemSelector(text);
      case AFTER_RESULT_SELECTOR -> data.afterResultSelector(text);
      case AFTER_RESULT_PATH -> data.afterResultPath(text);
    }
  }

  void result(JsonNode value) {
    data.result(text(value));
  }

  void variables(String text) {
    data.variables(text);
  }

  void map(int maxConcurrency, Tolerance tolerance) {
    data.maxConcurrency(maxConcurrency);
    if (tolerance.count() != null) {
      data.toleratedFailureCount(tolerance.count().intValue());
    }
    if (tolerance.percentage() != null) {
      data.toleratedFailurePercentage(tolerance.percentage().floatValue());
    }
  }

  void retrier(int index) {
    data.errorDetails(error.retryIndex(index).build());
  }

  void backoff(int seconds) {
    data.errorDetails(error.retryBackoffIntervalSeconds(seconds).build());
  }

  void catcher(int index) {
    data.errorDetails(error.catchIndex(index).build());
  }

  InspectionData data() {
    return data.build();
  }
}
