package dev.onboard.local.wire;

import dev.onboard.local.call.Service;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The operations of one service as they are found in HTTP requests. */
final class ServiceWire {
  private final Service service;
  private final String base;
  private final Set<String> streamsOutput;
  private final Set<String> neverByPath;
  private final Map<String, Operation> byName = new ConcurrentHashMap<>();
  private volatile @Nullable List<Operation> supported;
  private volatile @Nullable List<Operation> all;

  ServiceWire(Service service, Set<String> neverByPath) {
    this.service = service;
    this.neverByPath = neverByPath;
    this.base = service.contract().getPackageName();
    this.streamsOutput =
        Arrays.stream(service.contract().getMethods())
            .filter(m -> m.getParameterCount() == 2)
            .filter(m -> m.getParameterTypes()[1].getSimpleName().equals("ResponseTransformer"))
            .map(m -> Service.operationOf(m.getName()))
            .collect(Collectors.toSet());
  }

  Service service() {
    return service;
  }

  boolean streamsOutput(Operation operation) {
    return streamsOutput.contains(operation.name());
  }

  /** The operation of that name, or null if AWS has none. */
  @Nullable Operation named(String name) {
    if (!service.operations().contains(name)) {
      return null;
    }
    return byName.computeIfAbsent(name, n -> Operation.load(base, n));
  }

  /** The operation that a REST request means: one that is here, or else one that AWS has. */
  @Nullable Operation matching(HttpCall call) {
    List<Operation> known = supported;
    if (known == null) {
      known = load(service.operations().stream().filter(service::supports).toList());
      supported = known;
    }
    Operation best = best(known, call);
    List<Operation> every = all;
    if (every == null) {
      if (best != null && best.literals().isEmpty() && hasNoTellingQuery(best, call)) {
        return best;
      }
      every = load(List.copyOf(service.operations()));
      all = every;
    }
    return best(every, call);
  }

  /** Whether nothing in the query can mean another operation than the one found. */
  private static boolean hasNoTellingQuery(Operation found, HttpCall call) {
    return call.query().values().stream().noneMatch(v -> v.equals(List.of("")));
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

  private List<Operation> load(List<String> names) {
    return names.stream()
        .filter(n -> !neverByPath.contains(n))
        .map(this::named)
        .filter(Objects::nonNull)
        .toList();
  }
}
