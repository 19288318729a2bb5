package dev.onboard.local.cloudformation.provider;

import org.jspecify.annotations.Nullable;

/**
 * A function as other resources name it: by name, partial or whole ARN, with or without qualifier.
 *
 * @param function the bare name
 * @param qualifier a version or an alias, if one is named
 */
record LambdaName(String function, @Nullable String qualifier) {

  static LambdaName of(String text) {
    String[] parts = text.split(":");
    int at = java.util.List.of(parts).indexOf("function");
    int name = at < 0 ? 0 : at + 1;
    return new LambdaName(parts[name], parts.length > name + 1 ? parts[name + 1] : null);
  }
}
