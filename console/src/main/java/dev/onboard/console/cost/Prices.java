package dev.onboard.console.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * AWS's list prices of one region, as they were at one date: those of {@code prices.json}. What AWS
 * gives for nothing at first, month by month, is left out.
 *
 * @param prices by service and usage, in the order in which they are shown
 */
public record Prices(LocalDate date, String region, Map<String, Price> prices) {

  /** The prices that come with this version. */
  public static Prices load() {
    try (InputStream in = Prices.class.getResourceAsStream("prices.json")) {
      return of(new ObjectMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Prices of(JsonNode json) {
    var prices = new LinkedHashMap<String, Price>();
    for (JsonNode price : json.path("prices")) {
      var read =
          new Price(
              price.path("service").asText(),
              price.path("usage").asText(),
              price.path("title").asText(),
              price.path("unit").asText(),
              price.path("dollars").asDouble(),
              price.path("per").asInt());
      prices.put(key(read.service(), read.usage()), read);
    }
    return new Prices(
        LocalDate.parse(json.path("date").asText()), json.path("region").asText(), prices);
  }

  private static String key(String service, String usage) {
    return service + "/" + usage;
  }

  /** The price of a usage, if there is one. */
  public Optional<Price> find(String service, String usage) {
    return Optional.ofNullable(prices.get(key(service, usage)));
  }
}
