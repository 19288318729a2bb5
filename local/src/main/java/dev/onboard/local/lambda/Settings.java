package dev.onboard.local.lambda;

import dev.onboard.local.call.Environment;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What holds for a function whatever its version: its tags and its reserved concurrency. */
final class Settings {
  private final Environment env;
  private final Functions functions;

  Settings(Environment env, Functions functions) {
    this.env = env;
    this.functions = functions;
  }

  Map<String, String> tags(String name) {
    return Tags.read(
        env.store()
            .read(tx ->
                tx.first("SELECT tags FROM lambda_setting WHERE name = ?", r -> r.string(1), name)
                    .orElse(null)));
  }

  void retag(String arn, UnaryOperator<Map<String, String>> change) {
    String name = FunctionName.parse(arn).name();
    functions.requireExists(name);
    env.store()
        .write(tx ->
            tx.update(
                "UPDATE lambda_setting SET tags = ? WHERE name = ?",
                Tags.write(change.apply(tags(name))),
                name));
  }

  /** Reserves so many invocations at a time; null for none. */
  void reserve(String name, @Nullable Integer invocations) {
    functions.requireExists(name);
    env.store()
        .write(tx ->
            tx.update("UPDATE lambda_setting SET reserved = ? WHERE name = ?", invocations, name));
  }
}
