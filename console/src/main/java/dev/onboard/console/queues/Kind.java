package dev.onboard.console.queues;

/** What a queue is for, as its connections tell. */
public enum Kind {
  BUFFER("buffer", "A function works on what is sent here."),
  DEAD_LETTERS("dead letters", "What could not be delivered or done ends here and waits for you."),
  QUARANTINE("quarantine", "Rules send here and nothing reads it: it is kept for you to look at."),
  QUEUE("queue", "Neither rule nor function is connected to it.");

  private final String word;
  private final String meaning;

  Kind(String word, String meaning) {
    this.word = word;
    this.meaning = meaning;
  }

  public String word() {
    return word;
  }

  public String meaning() {
    return meaning;
  }
}
