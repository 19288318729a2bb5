package dev.onboard.local.call;

import dev.onboard.local.usage.Meter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkRequest;

/**
 * The services of the runtime, each an SDK client, and the pipeline in front of them.
 *
 * <p>Nobody holds a service itself: {@link #client} gives the SDK's own interface, behind which
 * every call is made in the name of a principal and passes every {@link Step}.
 */
public final class Services {
  private static final Pattern READS =
      Pattern.compile("^(Get|List|Describe|Head|Query|Scan|BatchGet|TransactGet|Filter|Search)");

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
    return client(contract, new Client(contract, caller, false));
  }

  /**
   * A client for somebody who looks on: what it reads is not counted as usage, or looking at what
   * something costs would cost. What it does counts as everybody's.
   */
  public <C extends SdkClient> C onlooker(Class<C> contract, Principal caller) {
    return client(contract, new Client(contract, caller, true));
  }

  private static <C extends SdkClient> C client(Class<C> contract, InvocationHandler handler) {
    return contract.cast(
        Proxy.newProxyInstance(contract.getClassLoader(), new Class<?>[] {contract}, handler));
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

  /** What stands behind a client: the pipeline. */
  private final class Client implements InvocationHandler {
    private final Class<?> contract;
    private final Principal caller;
    private final boolean looksOn;

    Client(Class<?> contract, Principal caller, boolean looksOn) {
      this.contract = contract;
      this.caller = caller;
      this.looksOn = looksOn;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
        throws Throwable {
      if (arguments != null && arguments[0] instanceof SdkRequest request) {
        Service service = byContract.get(contract);
        String operation = Service.operationOf(method.getName());
        if (service == null) {
          throw AwsErrors.unsupportedService(contract.getSimpleName());
        }
        var call = new Call(service.name(), operation, request, caller, RequestIds.next(), null);
        // Paginators, waiters and the like are built on the operations; only those are calls.
        if (service.has(method)) {
          Object[] extra = Stream.of(arguments).skip(1).toArray();
          return looksOn && READS.matcher(operation).find()
              ? Meter.uncounted(() -> Services.this.invoke(call, extra))
              : Services.this.invoke(call, extra);
        }
      }
      return switch (method.getName()) {
        case "close" -> null;
        case "toString" -> contract.getSimpleName() + " as " + caller.arn();
        case "hashCode" -> System.identityHashCode(proxy);
        case "equals" -> proxy == arguments[0];
        case "serviceName" -> byContract.get(contract).name();
        default -> invokeDefault(proxy, method, arguments);
      };
    }

    private static Object invokeDefault(Object proxy, Method method, Object @Nullable [] arguments)
        throws Throwable {
      try {
        return InvocationHandler.invokeDefault(proxy, method, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }
}
