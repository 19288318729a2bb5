package dev.onboard.console.story;

/** Ids as a sentence has room for them; whole they are in links and commands. */
final class Ids {
  private static final int SHOWN = 12;
  private static final int SHORT = 40;

  private Ids() {}

  static String brief(String id) {
    return id.length() <= SHORT ? id : id.substring(0, SHOWN) + "...";
  }
}
