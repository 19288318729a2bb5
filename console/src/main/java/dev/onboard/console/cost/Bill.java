package dev.onboard.console.cost;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was used and what it costs, by service.
 *
 * @param notPriced usages that have no price here, as {@code service usage}
 */
public record Bill(List<Service> services, List<String> notPriced) {
  private static final Map<String, String> TITLES =
      Map.ofEntries(
          Map.entry("events", "EventBridge"),
          Map.entry("schemas", "EventBridge schemas"),
          Map.entry("states", "Step Functions"),
          Map.entry("lambda", "Lambda"),
          Map.entry("dynamodb", "DynamoDB"),
          Map.entry("s3", "S3"),
          Map.entry("sqs", "SQS"),
          Map.entry("sns", "SNS"),
          Map.entry("ses", "SES"),
          Map.entry("logs", "CloudWatch Logs"),
          Map.entry("monitoring", "CloudWatch"));

  /** The share of one service. */
  public record Service(String name, String title, List<Line> lines) {
    public double dollars() {
      return lines.stream().mapToDouble(Line::dollars).sum();
    }
  }

  /**
   * One usage.
   *
   * @param parts the same by resource, dearest first; none if nothing says of what
   */
  public record Line(Price price, double quantity, List<Part> parts) {
    public double dollars() {
      return price.of(quantity);
    }
  }

  /**
   * What one resource has of a usage.
   *
   * @param resource as the template calls it, or as it is called
   */
  public record Part(String resource, double quantity, double dollars) {}

  public double dollars() {
    return services.stream().mapToDouble(Service::dollars).sum();
  }

  /** All but the mails, which outweigh everything else. */
  public double withoutMails() {
    return dollars() - dollars("ses");
  }

  /** What one service costs. */
  double dollars(String service) {
    return services.stream()
        .filter(s -> s.name.equals(service))
        .mapToDouble(Service::dollars)
        .sum();
  }

  /**
   * Puts prices to what was used.
   *
   * @param names what a resource is called in the bill
   */
  static Bill of(List<Used> used, Prices prices, Names names) {
    var quantities = new LinkedHashMap<Price, Map<String, Double>>();
    prices.prices().values().forEach(p -> quantities.put(p, new LinkedHashMap<>()));
    var notPriced = new ArrayList<String>();
    for (Used each : used) {
      prices
          .find(each.service(), each.usage())
          .ifPresentOrElse(
              p -> quantities.get(p).merge(names.of(each), each.quantity(), Double::sum),
              () -> notPriced.add(each.service() + " " + each.usage()));
    }
    var services = new LinkedHashMap<String, List<Line>>();
    quantities.forEach((price, byResource) -> {
      if (!byResource.isEmpty()) {
        services
            .computeIfAbsent(price.service(), s -> new ArrayList<>())
            .add(line(price, byResource));
      }
    });
    return new Bill(
        services.entrySet().stream()
            .map(e ->
                new Service(e.getKey(), TITLES.getOrDefault(e.getKey(), e.getKey()), e.getValue()))
            .toList(),
        notPriced.stream().distinct().toList());
  }

  private static Line line(Price price, Map<String, Double> byResource) {
    List<Part> parts =
        byResource.entrySet().stream()
            .filter(e -> !e.getKey().isEmpty())
            .map(e -> new Part(e.getKey(), e.getValue(), price.of(e.getValue())))
            .sorted(Comparator.comparingDouble(Part::dollars).reversed())
            .toList();
    double sum = byResource.values().stream().mapToDouble(Double::doubleValue).sum();
    return new Line(price, sum, parts);
  }
}
