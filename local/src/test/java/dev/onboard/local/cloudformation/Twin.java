package dev.onboard.local.cloudformation;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.utils.builder.Buildable;

/** A service that answers every operation and only notes what it was asked. */
public final class Twin {
  public final List<SdkRequest> requests = new CopyOnWriteArrayList<>();
  private final Map<String, Function<SdkRequest, Object>> answers;

  private Twin(Map<String, Function<SdkRequest, Object>> answers) {
    this.answers = answers;
  }

  /**
   * Makes a twin.
   *
   * @param answers what is answered to some operations; the others are answered emptily
   */
  public static Twin answering(Map<String, Function<SdkRequest, Object>> answers) {
    return new Twin(answers);
  }

  public <C extends SdkClient> C as(Class<C> contract, String name) {
    return contract.cast(
        Proxy.newProxyInstance(
            contract.getClassLoader(),
            new Class<?>[] {contract},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "serviceName" -> name;
                  case "close" -> null;
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> proxy == arguments[0];
                  case "toString" -> "twin of " + name;
                  default -> answer(method, (SdkRequest) arguments[0]);
                }));
  }

  public List<String> asked() {
    return requests.stream().map(r -> r.getClass().getSimpleName().replace("Request", "")).toList();
  }

  private Object answer(Method method, SdkRequest request) throws ReflectiveOperationException {
    requests.add(request);
    Function<SdkRequest, Object> answer = answers.get(method.getName());
    if (answer != null) {
      return answer.apply(request);
    }
    return ((Buildable) method.getReturnType().getMethod("builder").invoke(null)).build();
  }
}
