package dev.onboard.local.sfn.asl;

/** The language of a state's expressions. */
public enum QueryLanguage {
  JSON_PATH,
  JSONATA
}
