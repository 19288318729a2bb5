package dev.onboard.local.wire;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;

/** How requests, answers and errors of one of AWS's protocols stand in HTTP. */
interface Protocol {

  /**
   * Sets the members of a request's builder from the HTTP request.
   *
   * @throws IOException if the body is not what the protocol and the members' types ask for
   */
  void read(Operation operation, HttpCall call, SdkPojo builder) throws IOException;

  void answer(Operation operation, SdkPojo response, String requestId, Outgoing out)
      throws IOException;

  /**
   * Answers an error.
   *
   * @param request what was asked, if it could be read
   */
  void fail(AwsServiceException error, @Nullable SdkRequest request, String requestId, Outgoing out)
      throws IOException;
}
