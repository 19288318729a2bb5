package dev.onboard.check;

/** How bad a finding is. */
public enum Severity {
  /** It does not work as it is written. */
  ERROR,
  /** It works, but probably not as it was meant. */
  WARNING
}
