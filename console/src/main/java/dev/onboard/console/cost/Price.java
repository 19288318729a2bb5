package dev.onboard.console.cost;

/**
 * A list price of AWS, of the first tier where there are several.
 *
 * @param service the service's signing name
 * @param usage what is paid, as the runtime's meter calls it
 * @param title what is paid, for people
 * @param unit what one of it is, where its title does not say it; such as {@code 64 KB}
 * @param dollars the price
 * @param per of so many
 */
public record Price(
    String service, String usage, String title, String unit, double dollars, int per) {

  /** What is paid, with its unit: {@code custom events (64 KB)}. */
  public String label() {
    return unit.isEmpty() ? title : title + " (" + unit + ")";
  }

  /** What so many of it cost. */
  double of(double quantity) {
    return quantity / per * dollars;
  }
}
