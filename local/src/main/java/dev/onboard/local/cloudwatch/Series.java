package dev.onboard.local.cloudwatch;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Metric;

/**
 * Which metric: a name in a namespace with its dimensions.
 *
 * @param dimensions by name, in order of the names
 */
record Series(String namespace, String name, Map<String, String> dimensions) {

  static Series of(@Nullable String namespace, @Nullable String name, List<Dimension> dimensions) {
    if (namespace == null || name == null) {
      throw Errors.invalid("The parameters Namespace and MetricName are required.");
    }
    var sorted = new TreeMap<String, String>();
    dimensions.forEach(d -> sorted.put(d.name(), d.value()));
    return new Series(namespace, name, sorted);
  }

  static Series of(Metric metric) {
    return of(metric.namespace(), metric.metricName(), metric.dimensions());
  }

  /** The dimensions as one text, the same for the same ones. */
  String key() {
    return dimensions.entrySet().stream()
        .map(e -> e.getKey() + "\u0001" + e.getValue())
        .collect(Collectors.joining("\u0002"));
  }

  static Map<String, String> dimensions(String key) {
    var dimensions = new TreeMap<String, String>();
    if (!key.isEmpty()) {
      for (String part : key.split("\u0002")) {
        int at = part.indexOf('\u0001');
        dimensions.put(part.substring(0, at), part.substring(at + 1));
      }
    }
    return dimensions;
  }
}
