package dev.onboard.console.flow;

/**
 * A place on the map.
 *
 * @param id the logical id of its resource, or a name of its own
 * @param name the physical name; of a rule {@code bus|rule}
 * @param problem what CloudFormation says is wrong with it; empty if nothing is
 */
record Part(String id, Kind kind, String label, String name, String problem) {

  /** Whether it was made. */
  boolean isThere() {
    return !name.isEmpty();
  }

  /** The bus of a rule, and the rule's name there. */
  String bus() {
    int bar = name.indexOf('|');
    return bar < 0 ? FlowMap.DEFAULT_BUS : name.substring(0, bar);
  }

  String ruleName() {
    return name.substring(name.indexOf('|') + 1);
  }

  /** The end of an ARN or URL: what AWS's own lists call it. */
  String shortName() {
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf(':')) + 1);
  }
}
