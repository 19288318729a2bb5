package dev.onboard.local.sfn.task;

import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.RequestIds;
import dev.onboard.local.sfn.asl.StateError;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Errors of services in the words of Step Functions. */
final class TaskErrors {
  private TaskErrors() {}

  /** The error of an optimised integration. */
  static StateError optimised(Target.Optimised face, AwsServiceException e) {
    String name = e.getClass().getSimpleName();
    boolean modelled = !isBase(e);
    String code = AwsErrors.code(e);
    String error =
        modelled ? name : code.equals("NotSupportedByLocalRuntime") ? code : face.baseError();
    return StateError.of(
        face.prefix() + "." + error,
        AwsErrors.message(e)
            + " (Service: "
            + face.service()
            + "; Status Code: "
            + e.statusCode()
            + "; Error Code: "
            + code
            + "; Request ID: "
            + requestId(e)
            + "; Proxy: null)");
  }

  /** The error of an {@code aws-sdk} integration. */
  static StateError sdk(Target target, AwsServiceException e) {
    String name = e.getClass().getSimpleName();
    if (isBase(e)) {
      name =
          AwsErrors.code(e).equals("NotSupportedByLocalRuntime")
              ? "NotSupportedByLocalRuntime"
              : target.sdkPrefix() + "Exception";
    } else if (!name.endsWith("Exception")) {
      name += "Exception";
    }
    String extended =
        target.signingName().equals("s3")
            ? ", Extended Request ID: " + requestId(e).replace("-", "")
            : "";
    return StateError.of(
        target.sdkPrefix() + "." + name,
        AwsErrors.message(e)
            + " (Service: "
            + target.sdkPrefix()
            + ", Status Code: "
            + e.statusCode()
            + ", Request ID: "
            + requestId(e)
            + extended
            + ")");
  }

  /** The error of a call that came back from no service. */
  static StateError client(String prefix, SdkClientException e) {
    return StateError.of(prefix + ".SdkClientException", e.getMessage());
  }

  private static boolean isBase(AwsServiceException e) {
    Class<?> parent = e.getClass().getSuperclass();
    return e.getClass() == AwsServiceException.class || parent == AwsServiceException.class;
  }

  private static String requestId(AwsServiceException e) {
    return e.requestId() == null ? RequestIds.next() : e.requestId();
  }
}
