package dev.onboard.local.wire;

import dev.onboard.local.call.Service;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.ResponseTransformer;

/** The operations of one service as they are found in HTTP requests. */
final class ServiceWire {
  private final Service service;
  private final String base;
  private final Set<String> neverByPath;
  private final Map<String, Operation> byName = new ConcurrentHashMap<>();
  private volatile @Nullable List<Operation> supported;
  private volatile @Nullable List<Operation> all;

  ServiceWire(Service service, Set<String> neverByPath) {
    this.service = service;
    this.neverByPath = neverByPath;
    this.base = service.contract().getPackageName();
  }

  Service service() {
    return service;
  }

  boolean streamsOutput(Operation operation) {
    Method method = service.method(operation.name());
    return method != null
        && method.getParameterCount() == 2
        && method.getParameterTypes()[1] == ResponseTransformer.class;
  }

  /** The operation of that name, or null if AWS has none. */
  @Nullable Operation named(String name) {
    if (!service.supports(name) && !service.operations().contains(name)) {
      return null;
    }
    return byName.computeIfAbsent(name, n -> Operation.load(base, n));
  }

  /** The operation that a REST request means: one that is here, or else one that AWS has. */
  @Nullable Operation matching(HttpCall call) {
    List<Operation> known = supported;
    if (known == null) {
      known = load(service.supported());
      supported = known;
    }
    Operation best = best(known, call);
    List<Operation> every = all;
    if (every == null) {
      if (best != null && hasNoTellingQuery(best, call)) {
        return best;
      }
      every = load(service.operations());
      all = every;
    }
    return best(every, call);
  }

  /** Whether nothing in the query can mean another operation than the one found. */
  private static boolean hasNoTellingQuery(Operation found, HttpCall call) {
    return call.query().entrySet().stream()
        .noneMatch(
            e -> e.getValue().equals(List.of("")) && !found.literals().containsKey(e.getKey()));
  }

  private static @Nullable Operation best(List<Operation> operations, HttpCall call) {
    Operation best = null;
    int bestFit = -1;
    for (Operation operation : operations) {
      int fit = operation.fit(call);
      if (fit > bestFit) {
        bestFit = fit;
        best = operation;
      }
    }
    return best;
  }

  private List<Operation> load(Set<String> names) {
    return names.stream()
        .filter(n -> !neverByPath.contains(n))
        .map(this::named)
        .filter(Objects::nonNull)
        .toList();
  }
}
