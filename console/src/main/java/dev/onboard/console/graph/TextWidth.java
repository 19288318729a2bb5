package dev.onboard.console.graph;

/**
 * How wide a text will be, roughly: the server has no fonts. Estimates are on the wide side, and
 * what is too wide for its box is cut.
 */
final class TextWidth {
  private static final double SIZE = 12;

  private TextWidth() {}

  static double of(String text) {
    double ems = text.codePoints().mapToDouble(TextWidth::ems).sum();
    return ems * SIZE;
  }

  /** The text, or as much of it as there is room for. */
  static String cut(String text, double room) {
    if (of(text) <= room) {
      return text;
    }
    int end = text.length();
    while (end > 1 && of(text.substring(0, end)) + SIZE > room) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end) + "…";
  }

  private static double ems(int c) {
    if ("iljtfrI.,:;'|!-() ".indexOf(c) >= 0) {
      return 0.34;
    } else if ("mwMW@%".indexOf(c) >= 0) {
      return 0.92;
    } else if (c >= 0x1100) {
      return 1.1;
    }
    return Character.isUpperCase(c) ? 0.72 : 0.58;
  }
}
