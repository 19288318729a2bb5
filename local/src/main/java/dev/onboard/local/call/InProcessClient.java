package dev.onboard.local.call;

import dev.onboard.local.usage.Meter;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkRequest;

/**
 * What stands behind the SDK's interface of a service for callers within the runtime: every
 * operation is a call of the pipeline, in the name of a principal. The classes that implement the
 * interfaces are made by {@link ClientClasses}.
 */
abstract class InProcessClient implements SdkClient {
  private static final Pattern READS =
      Pattern.compile("^(Get|List|Describe|Head|Query|Scan|BatchGet|TransactGet|Filter|Search)");

  private final Services services;
  private final Service service;
  private final Principal caller;
  private final boolean looksOn;

  InProcessClient(Services services, Service service, Principal caller, boolean looksOn) {
    this.services = services;
    this.service = service;
    this.caller = caller;
    this.looksOn = looksOn;
  }

  /**
   * Calls an operation.
   *
   * @param extra what a streaming operation takes beside its request
   */
  final Object call(String operation, SdkRequest request, Object[] extra) {
    var call = new Call(service.name(), operation, request, caller, RequestIds.next(), null);
    return looksOn && READS.matcher(operation).find()
        ? Meter.uncounted(() -> services.invoke(call, extra))
        : services.invoke(call, extra);
  }

  /** What is thrown for an operation that the service does not have. */
  final RuntimeException refuse(String operation) {
    return AwsErrors.unsupported(service.name(), operation);
  }

  @Override
  public final String serviceName() {
    return service.name();
  }

  @Override
  public final void close() {
    // The service goes on.
  }

  @Override
  public final String toString() {
    return service.contract().getSimpleName() + " as " + caller.arn();
  }
}
