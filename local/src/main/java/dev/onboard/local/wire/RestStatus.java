package dev.onboard.local.wire;

/** The statuses of REST answers that are not 200; the SDK's metadata does not hold them. */
final class RestStatus {
  private RestStatus() {}

  static int of(Operation operation) {
    String name = operation.name();
    String service = operation.request().getPackageName();
    if (service.contains(".lambda.")) {
      return switch (name) {
        case "CreateFunction", "PublishVersion", "CreateAlias", "AddPermission" -> 201;
        case "CreateEventSourceMapping", "UpdateEventSourceMapping", "DeleteEventSourceMapping" ->
            202;
        case "DeleteFunction",
            "DeleteAlias",
            "RemovePermission",
            "DeleteFunctionEventInvokeConfig",
            "DeleteFunctionConcurrency",
            "TagResource",
            "UntagResource" ->
            204;
        default -> 200;
      };
    } else if (service.contains(".schemas.")) {
      return switch (name) {
        case "CreateRegistry", "CreateSchema", "CreateDiscoverer" -> 201;
        case "PutCodeBinding" -> 202;
        case "DeleteRegistry",
            "DeleteSchema",
            "DeleteSchemaVersion",
            "DeleteDiscoverer",
            "DeleteResourcePolicy",
            "TagResource",
            "UntagResource" ->
            204;
        default -> 200;
      };
    }
    return 200;
  }
}
