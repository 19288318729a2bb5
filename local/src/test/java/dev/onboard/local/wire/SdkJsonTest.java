package dev.onboard.local.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

class SdkJsonTest {

  @Test
  void tokenThatWasNotGiven_isNotMadeUp() {
    var request = TransactWriteItemsRequest.builder().transactItems(i -> {}).build();

    String json = SdkJson.write(request);

    assertThat(json).isEqualTo("{\"TransactItems\":[{}]}");
    assertThat(SdkJson.read(TransactWriteItemsRequest.class, json)).isEqualTo(request);
  }

  @Test
  void tokenThatWasGiven_isKept() {
    var request = TransactWriteItemsRequest.builder().clientRequestToken("t").build();

    assertThat(SdkJson.read(TransactWriteItemsRequest.class, SdkJson.write(request)))
        .isEqualTo(request);
  }
}
