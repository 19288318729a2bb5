package dev.onboard.local.call;

import dev.onboard.local.clock.LocalClock;
import dev.onboard.local.store.Store;
import dev.onboard.local.usage.Meter;
import java.net.URI;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkRequest;

/**
 * What every service room is given.
 *
 * @param store the one store
 * @param clock the one clock
 * @param services the way to the other services
 * @param meter counts what AWS bills and no call alone says
 * @param account the account of everything in here
 * @param region the region of everything in here
 * @param endpoint where the runtime listens, once it does
 */
public record Environment(
    Store store,
    LocalClock clock,
    Services services,
    Meter meter,
    String account,
    String region,
    Supplier<URI> endpoint) {

  /** Another service's client, used in the name of a principal. */
  public <C extends SdkClient> C client(Class<C> contract, Principal caller) {
    return services.client(contract, caller);
  }

  /**
   * Makes one call of another service.
   *
   * @param service the service's signing name
   * @param extra what a streaming operation takes beside its request
   */
  public Object call(
      String service, String operation, SdkRequest request, Principal caller, Object... extra) {
    return services.invoke(
        new Call(service, operation, request, caller, RequestIds.next(), null), extra);
  }

  /** The ARN of a resource of this account and region. */
  public String arn(String service, String resource) {
    return "arn:aws:" + service + ":" + region + ":" + account + ":" + resource;
  }
}
