package dev.onboard.check;

import java.util.List;

/** The things that are broken. */
final class Edits {
  private static final String TEMPLATE = "cloudformation/onboard.yaml";
  private static final String WORKFLOW = "statemachine/import-users.asl.json";
  private static final String FINISHED = "rules/import-finished/pattern.json";
  private static final String UPLOADED = "rules/csv-uploaded/pattern.json";
  private static final String CREATED = "rules/user-created/pattern.json";
  private static final String INVALID = "rules/invalid-event/pattern.json";
  private static final String CREATED_SCHEMA = "schemas/onboard.users/UserCreated/v1/1.1.json";

  private Edits() {}

  private static Edit here(
      String name, String file, String from, String to, Code code, String line, String mend) {
    return new Edit(name, file, from, to, code, file, line, mend);
  }

  static List<Edit> ofPatterns() {
    return List.of(
        here(
            "a pattern with a comma too many",
            FINISHED,
            "\"ImportFailed\"\n",
            "\"ImportFailed\",\n",
            Code.FILE_UNREADABLE,
            "]",
            "Nothing else is checked"),
        here(
            "an operator that there is not",
            CREATED,
            "\"prefix\": \"1.\"",
            "\"begins-with\": \"1.\"",
            Code.PATTERN_INVALID,
            "{",
            "that EventBridge takes"),
        here(
            "a misspelt field of the detail",
            UPLOADED,
            "\"key\"",
            "\"keys\"",
            Code.PATTERN_FIELD_ABSENT,
            "\"keys\"",
            "Did you mean \"key\"?"),
        here(
            "a misspelt group of the detail",
            UPLOADED,
            "\"object\"",
            "\"objects\"",
            Code.PATTERN_FIELD_ABSENT,
            "\"objects\"",
            "Did you mean \"object\"?"),
        here(
            "a misspelt field around the detail",
            FINISHED,
            "\"detail-type\"",
            "\"detailtype\"",
            Code.PATTERN_FIELD_ABSENT,
            "\"detailtype\"",
            "Did you mean \"detail-type\"?"),
        here(
            "a field of another schema",
            FINISHED,
            "    \"ImportFailed\"\n  ]",
            "    \"ImportFailed\"\n  ],\n  \"detail\": { \"data\": { \"email\": [\"a@b\"] } }",
            Code.PATTERN_FIELD_ABSENT,
            "\"email\"",
            "There are "),
        here(
            "a string where the schema has a number",
            FINISHED,
            "    \"ImportCompleted\",\n    \"ImportFailed\"\n  ]",
            "    \"ImportCompleted\"\n  ],\n  \"detail\": { \"data\": { \"rejected\": [\"0\"] } }",
            Code.PATTERN_TYPE_IMPOSSIBLE,
            "\"rejected\": [\"0\"]",
            "for a number"),
        here(
            "a condition on an object",
            CREATED,
            "\"data\": {",
            "\"data\": [{ \"exists\": true }],\n    \"data2\": {",
            Code.PATTERN_TYPE_IMPOSSIBLE,
            "\"data\"",
            "a field within detail.data"),
        here(
            "a number that the schema excludes",
            FINISHED,
            "    \"ImportCompleted\",\n    \"ImportFailed\"\n  ]",
            "    \"ImportCompleted\"\n  ],\n"
                + "  \"detail\": { \"data\": { \"rejected\": [{ \"numeric\": [\"<\", 0] }] } }",
            Code.PATTERN_VALUE_IMPOSSIBLE,
            "\"numeric\"",
            "By the schema it is"),
        here(
            "a version that nobody publishes",
            "rules/user-registered/pattern.json",
            "\"prefix\": \"1.\"",
            "\"prefix\": \"2.\"",
            Code.PATTERN_VALUE_IMPOSSIBLE,
            "{",
            "such as \"1.0\""),
        here(
            "an enumerated value that there is not",
            UPLOADED,
            "\"detail\": {",
            "\"detail\": {\n    \"reason\": [\"PutObjects\"],",
            Code.PATTERN_VALUE_IMPOSSIBLE,
            "PutObjects",
            "PutObject"),
        here(
            "an enumerated value in another case",
            UPLOADED,
            "\"detail\": {",
            "\"detail\": {\n    \"reason\": [\"putObject\"],",
            Code.PATTERN_CASE_DIFFERS,
            "putObject",
            "Write \"PutObject\""),
        here(
            "a misspelt source",
            FINISHED,
            "\"onboard.users\"",
            "\"onboard.user\"",
            Code.PATTERN_SOURCE_UNKNOWN,
            "\"onboard.user\"",
            "Did you mean \"onboard.users\"?"),
        here(
            "a misspelt detail-type",
            FINISHED,
            "\"ImportFailed\"",
            "\"ImportFaild\"",
            Code.PATTERN_DETAIL_TYPE_UNKNOWN,
            "\"ImportFaild\"",
            "Did you mean \"ImportFailed\"?"),
        here(
            "a detail-type of AWS in another case",
            UPLOADED,
            "\"Object Created\"",
            "\"Object created\"",
            Code.PATTERN_DETAIL_TYPE_UNKNOWN,
            "\"Object created\"",
            "Did you mean \"Object Created\"?"),
        here(
            "conditions of two types at once",
            FINISHED,
            "    \"ImportFailed\"\n  ]",
            "    \"ImportFailed\"\n  ],\n"
                + "  \"detail\": { \"data\": { \"rows\": [0], \"error\": [{ \"exists\": true }] } }",
            Code.PATTERN_CONTRADICTION,
            "\"error\"",
            "another type or version"),
        here(
            "conditions outside and inside of a $or that exclude each other",
            UPLOADED,
            "\"detail\": {",
            "\"detail\": {\n    \"reason\": [\"CopyObject\"],\n"
                + "    \"$or\": [{ \"reason\": [\"PutObject\"] }, { \"version\": [\"0\"] }],",
            Code.PATTERN_CONTRADICTION,
            "CopyObject",
            "in one place"),
        here(
            "a condition that a $or overrides",
            UPLOADED,
            "\"detail\": {",
            "\"detail\": {\n    \"reason\": [{ \"prefix\": \"P\" }],\n"
                + "    \"$or\": [{ \"reason\": [\"PutObject\"] }, { \"version\": [\"0\"] }],",
            Code.PATTERN_CONDITION_IGNORED,
            "prefix",
            "in one place"),
        new Edit(
            "a complement that leaves a gap",
            INVALID,
            "\"wildcard\": \"*@*\"",
            "\"wildcard\": \"*@*.*\"",
            Code.COMPLEMENT_OVERLAP,
            INVALID,
            "{",
            "Narrow one of them"),
        here(
            "a complement that forgets an absent field",
            INVALID,
            "            \"data\": {\n              \"userId\": [",
            "            \"data\": {\n              \"email\": [",
            Code.COMPLEMENT_GAP,
            "{",
            "Let one of them take it"),
        new Edit(
            "a rule that takes more than its complement knows",
            CREATED,
            "\"wildcard\": \"*@*\"",
            "\"wildcard\": \"?*@*\"",
            Code.COMPLEMENT_GAP,
            INVALID,
            "{",
            "Let one of them take it"),
        here(
            "a complement of other sources, too",
            INVALID,
            "      \"source\": [\n        \"onboard.users\"\n      ]",
            "      \"source\": [\n        \"onboard.users\",\n        \"aws.s3\"\n      ]",
            Code.COMPLEMENT_EXCESS,
            "{",
            "Narrow its source"),
        new Edit(
            "a new major version that no rule takes",
            "schemas/onboard.users/UserCreated/v2/2.0.json",
            "",
            "{\n\"type\": \"object\", \"required\": [\"metadata\"], \"properties\": { \"metadata\":"
                + " { \"type\": \"object\", \"required\": [\"schemaVersion\"], \"properties\": {"
                + " \"schemaVersion\": { \"type\": \"string\", \"pattern\": \"^2\\\\.[0-9]+$\" } } } } }",
            Code.EVENT_UNCONSUMED,
            "schemas/onboard.users/UserCreated/v2/2.0.json",
            "{",
            "Add a rule"),
        new Edit(
            "a new type that no rule takes",
            "schemas/onboard.users/UserDeleted/v1/1.0.json",
            "",
            "{ \"type\": \"object\", \"properties\": {} }",
            Code.EVENT_UNCONSUMED,
            "schemas/onboard.users/UserDeleted/v1/1.0.json",
            "{",
            "remove its schema"),
        here(
            "a rule for a version that nothing publishes",
            CREATED_SCHEMA,
            "^1\\\\.[0-9]+$",
            "^1\\\\.[0-9]+",
            Code.PATTERN_INVALID,
            "",
            ""));
  }

  static List<Edit> ofTemplate() {
    return List.of();
  }

  static List<Edit> ofWorkflow() {
    return List.of();
  }
}
