package dev.onboard.check;

import java.util.List;

/** The things that are broken. */
final class PatternEdits {
  private static final String FINISHED = "rules/import-finished/pattern.json";
  private static final String UPLOADED = "rules/csv-uploaded/pattern.json";
  private static final String CREATED = "rules/user-created/pattern.json";
  private static final String REGISTERED = "rules/user-registered/pattern.json";
  private static final String INVALID = "rules/invalid-event/pattern.json";

  private PatternEdits() {}

  private static Edit edit(
      String name,
      String file,
      String from,
      String to,
      Code code,
      String at,
      String line,
      String mend) {
    return new Edit(name, file, from, to, code, at, line, mend);
  }

  static List<Edit> all() {
    return List.of(
        edit("a pattern with a comma too many", FINISHED, "\"ImportFailed\"\n", "\"ImportFailed\",\n", Code.FILE_UNREADABLE, FINISHED, "]", "Nothing else is checked"),
        edit("an operator that there is not", CREATED, "\"prefix\": \"1.\"", "\"begins-with\": \"1.\"", Code.PATTERN_INVALID, CREATED, "begins-with", "that EventBridge takes"),
        edit("a misspelt field of the detail", UPLOADED, "\"key\"", "\"keys\"", Code.PATTERN_FIELD_ABSENT, UPLOADED, "\"keys\"", "Did you mean \"key\"?"),
        edit("a misspelt group of the detail", UPLOADED, "\"object\"", "\"objects\"", Code.PATTERN_FIELD_ABSENT, UPLOADED, "\"objects\"", "Did you mean \"object\"?"),
        edit("a misspelt field around the detail", FINISHED, "\"detail-type\"", "\"detailtype\"", Code.PATTERN_FIELD_ABSENT, FINISHED, "\"detailtype\"", "Did you mean \"detail-type\"?"),
        edit("a misspelt field of a quarantine", INVALID, "\"userId\"", "\"userid\"", Code.PATTERN_FIELD_ABSENT, INVALID, "\"userid\"", "Did you mean \"userId\"?"),
        edit("a field of another schema", FINISHED, "    \"ImportFailed\"\n  ]", "    \"ImportFailed\"\n  ],\n  \"detail\": { \"data\": { \"email\": [\"a@b\"] } }", Code.PATTERN_FIELD_ABSENT, FINISHED, "\"email\"", "There are "),
        edit("a string where the schema has a number", FINISHED, "    \"ImportCompleted\",\n    \"ImportFailed\"\n  ]", "    \"ImportCompleted\"\n  ],\n  \"detail\": { \"data\": { \"rejected\": [\"0\"] } }", Code.PATTERN_TYPE_IMPOSSIBLE, FINISHED, "\"rejected\": [\"0\"]", "for a number"),
        edit("a condition on an object", UPLOADED, "\"object\": {", "\"bucket\": [{ \"exists\": true }],\n    \"object\": {", Code.PATTERN_TYPE_IMPOSSIBLE, UPLOADED, "\"bucket\"", "a field within detail.bucket"),
        edit("a number that the schema excludes", FINISHED, "    \"ImportCompleted\",\n    \"ImportFailed\"\n  ]", "    \"ImportCompleted\"\n  ],\n  \"detail\": { \"data\": { \"rejected\": [{ \"numeric\": [\"<\", 0] }] } }", Code.PATTERN_VALUE_IMPOSSIBLE, FINISHED, "\"numeric\"", "By the schema it is"),
        edit("a field that must be absent and is required", CREATED, "\"userId\": [\n        {\n          \"exists\": true", "\"userId\": [\n        {\n          \"exists\": false", Code.PATTERN_VALUE_IMPOSSIBLE, CREATED, "{", "The schema requires it"),
        edit("a major version that there is not", REGISTERED, "\"prefix\": \"1.\"", "\"prefix\": \"2.\"", Code.PATTERN_VALUE_IMPOSSIBLE, REGISTERED, "{", "such as \"1.0\""),
        edit("an enumerated value that there is not", UPLOADED, "\"detail\": {", "\"detail\": {\n    \"reason\": [\"PutObjects\"],", Code.PATTERN_VALUE_IMPOSSIBLE, UPLOADED, "PutObjects", "PutObject"),
        edit("an enumerated value in another case", UPLOADED, "\"detail\": {", "\"detail\": {\n    \"reason\": [\"putObject\"],", Code.PATTERN_CASE_DIFFERS, UPLOADED, "putObject", "Write \"PutObject\""),
        edit("a misspelt source", FINISHED, "\"onboard.users\"", "\"onboard.user\"", Code.PATTERN_SOURCE_UNKNOWN, FINISHED, "\"onboard.user\"", "Did you mean \"onboard.users\"?"),
        edit("a source of AWS in another case", UPLOADED, "\"aws.s3\"", "\"aws.S3\"", Code.PATTERN_SOURCE_UNKNOWN, UPLOADED, "\"aws.S3\"", "Did you mean \"aws.s3\"?"),
        edit("a misspelt detail-type", FINISHED, "\"ImportFailed\"", "\"ImportFaild\"", Code.PATTERN_DETAIL_TYPE_UNKNOWN, FINISHED, "\"ImportFaild\"", "Did you mean \"ImportFailed\"?"),
        edit("a detail-type that nobody described", FINISHED, "\"ImportFailed\"", "\"UploadSeen\"", Code.PATTERN_DETAIL_TYPE_UNKNOWN, FINISHED, "\"UploadSeen\"", "There are ImportCompleted"),
        edit("a detail-type of AWS in another case", UPLOADED, "\"Object Created\"", "\"Object created\"", Code.PATTERN_DETAIL_TYPE_UNKNOWN, UPLOADED, "\"Object created\"", "Did you mean \"Object Created\"?"),
        edit("conditions of two types at once", FINISHED, "    \"ImportFailed\"\n  ]", "    \"ImportFailed\"\n  ],\n  \"detail\": { \"data\": { \"rows\": [0], \"error\": [{ \"exists\": true }] } }", Code.PATTERN_CONTRADICTION, FINISHED, "\"error\"", "another type or version"),
        edit("conditions that exclude each other around a $or", UPLOADED, "\"detail\": {", "\"detail\": {\n    \"reason\": [\"CopyObject\"],\n    \"$or\": [{ \"reason\": [\"PutObject\"] }, { \"version\": [\"0\"] }],", Code.PATTERN_CONTRADICTION, UPLOADED, "CopyObject", "in one place"),
        edit("a condition that a $or overrides", UPLOADED, "\"detail\": {", "\"detail\": {\n    \"reason\": [{ \"prefix\": \"P\" }],\n    \"$or\": [{ \"reason\": [\"PutObject\"] }, { \"version\": [\"0\"] }],", Code.PATTERN_CONDITION_IGNORED, UPLOADED, "prefix", "in one place"),
        edit("a complement that takes what is taken", INVALID, "\"wildcard\": \"*@*\"", "\"wildcard\": \"*@*.*\"", Code.COMPLEMENT_OVERLAP, INVALID, "\"email\"", "Narrow one of them"),
        edit("a complement that forgets an absent field", INVALID, "\"schemaVersion\": [\n                {\n                  \"exists\": false\n                },", "\"schemaVersion\": [", Code.COMPLEMENT_GAP, INVALID, "\"schemaVersion\"", "Let one of them take it"),
        edit("a rule that takes less than its complement knows", CREATED, "\"wildcard\": \"*@*\"", "\"wildcard\": \"*@*.*\"", Code.COMPLEMENT_GAP, INVALID, "\"email\"", "Let one of them take it"),
        edit("a complement of other sources, too", INVALID, "\"onboard.users\"\n", "\"onboard.users\",\n        \"aws.s3\"\n", Code.COMPLEMENT_EXCESS, INVALID, "\"source\"", "Narrow its source"));
  }
}
