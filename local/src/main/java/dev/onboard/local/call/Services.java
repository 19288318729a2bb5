package dev.onboard.local.call;

import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkClient;

/**
 * The services of the runtime, each an SDK client, and the pipeline in front of them.
 *
 * <p>Nobody holds a service itself: {@link #client} gives the SDK's own interface, behind which
 * every call is made in the name of a principal and passes every {@link Step}.
 */
public final class Services {
  private final Map<Class<?>, Service> byContract = new ConcurrentHashMap<>();
  private final Map<String, Service> byName = new ConcurrentHashMap<>();
  private final List<Step> steps;

  public Services(List<Step> steps) {
    this.steps = List.copyOf(steps);
  }

  /** Puts a service in its place; its contract is the SDK client interface that it implements. */
  public void register(SdkClient implementation) {
    Service service = Service.of(implementation);
    byContract.put(service.contract(), service);
    byName.put(service.name(), service);
  }

  public Collection<Service> all() {
    return byName.values();
  }

  /** The service of that signing name, such as {@code events}. */
  public @Nullable Service named(String name) {
    return byName.get(name);
  }

  /** A client that calls in the name of a principal. */
  public <C extends SdkClient> C client(Class<C> contract, Principal caller) {
    return client(contract, caller, false);
  }

  /**
   * A client for somebody who looks on: what it reads is not counted as usage, or looking at what
   * something costs would cost. What it does counts as everybody's.
   */
  public <C extends SdkClient> C onlooker(Class<C> contract, Principal caller) {
    return client(contract, caller, true);
  }

  private <C extends SdkClient> C client(Class<C> contract, Principal caller, boolean looksOn) {
    Service service = byContract.get(contract);
    if (service == null) {
      return absent(contract);
    }
    try {
      return contract.cast(service.client().invoke(this, service, caller, looksOn));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** A client of a service that is not here, which says so whatever is called. */
  private static <C extends SdkClient> C absent(Class<C> contract) {
    return contract.cast(
        Proxy.newProxyInstance(
            contract.getClassLoader(),
            new Class<?>[] {contract},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "close" -> null;
                  case "toString" -> contract.getSimpleName() + ", which is not here";
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> proxy == arguments[0];
                  default -> throw AwsErrors.unsupportedService(contract.getSimpleName());
                }));
  }

  /**
   * Makes a call: through every step to the service.
   *
   * @param extra what a streaming operation takes beside its request: a body or a transformer
   */
  public Object invoke(Call call, Object... extra) {
    Service service = byName.get(call.service());
    if (service == null) {
      throw AwsErrors.unsupportedService(call.service());
    }
    return ScopedValue.where(Call.scope(), call)
        .call(() -> pass(0, call, c -> service.invoke(c.operation(), c.request(), extra)));
  }

  private Object pass(int step, Call call, Step.Next service) {
    return step == steps.size()
        ? service.go(call)
        : steps.get(step).pass(call, c -> pass(step + 1, c, service));
  }
}
