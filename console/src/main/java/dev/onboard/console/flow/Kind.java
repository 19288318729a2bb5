package dev.onboard.console.flow;

/** What stands on the map. */
enum Kind {
  BUCKET("bucket", "Bucket"),
  BUS("bus", "Bus"),
  RULE("rule", "Rule"),
  QUEUE("queue", "Queue"),
  FUNCTION("function", "Function"),
  WORKFLOW("workflow", "StateMachine"),
  TABLE("table", "Table"),
  TOPIC("topic", "Topic"),
  LOG("log", "LogGroup"),
  ARCHIVE("archive", "Archive"),
  MAIL("mail", ""),
  ELSEWHERE("elsewhere", "");

  private final String word;
  private final String suffix;

  Kind(String word, String suffix) {
    this.word = word;
    this.suffix = suffix;
  }

  /** As people call it; the name of its icon, too. */
  String word() {
    return word;
  }

  /** A logical id without the end that says the kind once more. */
  String label(String id) {
    return !suffix.isEmpty() && id.endsWith(suffix) && id.length() > suffix.length()
        ? id.substring(0, id.length() - suffix.length())
        : id;
  }
}
