package dev.onboard.local.call;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;

/**
 * One call of one operation of one service.
 *
 * @param service the signing name of the service, such as {@code events}
 * @param operation the operation's name as the API spells it, such as {@code PutEvents}
 * @param caller who makes it
 * @param requestId the id that the answer carries
 * @param origin where it came from, if from outside the runtime
 */
public record Call(
    String service,
    String operation,
    SdkRequest request,
    Principal caller,
    String requestId,
    @Nullable Origin origin) {

  /** The outside of a call: address and user agent of the client, and the host it asked. */
  public record Origin(String sourceIp, String userAgent, String endpoint) {}

  private static final ScopedValue<Call> CURRENT = ScopedValue.newInstance();

  /** The call in which the current thread works; a service method always has one. */
  public static Call current() {
    return CURRENT.get();
  }

  /** The call in which the current thread works; null if it works by itself, as on a timer. */
  public static @Nullable Call currentOrNull() {
    return CURRENT.isBound() ? CURRENT.get() : null;
  }

  static ScopedValue<Call> scope() {
    return CURRENT;
  }
}
