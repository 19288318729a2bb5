package dev.onboard.local.call;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkRequest;

/** One service: its name, its SDK contract and the operations that it has. */
public final class Service {
  private final String name;
  private final Class<?> contract;
  private final SdkClient implementation;
  private final Map<String, Method> methods = new HashMap<>();
  private final Map<String, MethodHandle> operations = new HashMap<>();
  private volatile @Nullable Set<String> known;
  private volatile @Nullable MethodHandle client;

  private Service(String name, Class<?> contract, SdkClient implementation) {
    this.name = name;
    this.contract = contract;
    this.implementation = implementation;
  }

  static Service of(SdkClient implementation) {
    Class<?> contract =
        Stream.of(implementation.getClass().getInterfaces())
            .filter(SdkClient.class::isAssignableFrom)
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    implementation.getClass() + " must implement an SDK client interface"));
    var service = new Service(implementation.serviceName(), contract, implementation);
    for (Class<?> type = implementation.getClass();
        type != Object.class;
        type = type.getSuperclass()) {
      for (Method method : type.getDeclaredMethods()) {
        if (Modifier.isPublic(method.getModifiers())
            && !method.isBridge()
            && ContractOperations.isOperation(method)
            && service.methods.putIfAbsent(operationOf(method.getName()), method) == null) {
          service.operations.put(operationOf(method.getName()), handle(method, implementation));
        }
      }
    }
    return service;
  }

  public String name() {
    return name;
  }

  public Class<?> contract() {
    return contract;
  }

  /** The service itself, for whoever starts and stops it. */
  public SdkClient implementation() {
    return implementation;
  }

  /** The operations that AWS has, as far as this SDK knows them. */
  public Set<String> operations() {
    Set<String> names = known;
    if (names == null) {
      names = Set.copyOf(ContractOperations.of(contract).keySet());
      known = names;
    }
    return names;
  }

  /** The operations that this runtime has. */
  public Set<String> supported() {
    return Collections.unmodifiableSet(operations.keySet());
  }

  /** Whether this runtime has the operation. */
  public boolean supports(String operation) {
    return operations.containsKey(operation);
  }

  /** What implements an operation; {@code null} if this runtime does not have it. */
  public @Nullable Method method(String operation) {
    return methods.get(operation);
  }

  /** The constructor of the service's {@link InProcessClient}. */
  MethodHandle client() {
    MethodHandle made = client;
    return made == null ? madeClient() : made;
  }

  private synchronized MethodHandle madeClient() {
    MethodHandle made = client;
    if (made == null) {
      made = ClientClasses.constructor(contract, operations.keySet());
      client = made;
    }
    return made;
  }

  Object invoke(String operation, SdkRequest request, Object... extra) {
    MethodHandle handle = operations.get(operation);
    if (handle == null) {
      throw AwsErrors.unsupported(name, operation);
    }
    try {
      return switch (extra.length) {
        case 0 -> handle.invoke(request);
        case 1 -> handle.invoke(request, extra[0]);
        default -> handle.invoke(request, extra[0], extra[1]);
      };
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(name + " " + operation, e);
    }
  }

  /** The name of the operation that a client's method stands for. */
  public static String operationOf(String method) {
    return Character.toUpperCase(method.charAt(0)) + method.substring(1);
  }

  /** The name of the method that stands for an operation. */
  static String methodOf(String operation) {
    return Character.toLowerCase(operation.charAt(0)) + operation.substring(1);
  }

  private static MethodHandle handle(Method method, SdkClient implementation) {
    try {
      method.setAccessible(true);
      return MethodHandles.lookup().unreflect(method).bindTo(implementation);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(method.toString(), e);
    }
  }
}
