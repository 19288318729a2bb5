package dev.onboard.local.sfn;

import dev.onboard.local.call.Environment;
import dev.onboard.local.store.Tx;
import java.util.List;
import software.amazon.awssdk.services.sfn.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.sfn.model.Tag;
import software.amazon.awssdk.services.sfn.model.TagResourceResponse;
import software.amazon.awssdk.services.sfn.model.UntagResourceResponse;

/** The tags of state machines. */
final class Tags {
  private final Environment env;

  Tags(Environment env) {
    this.env = env;
  }

  void replace(Tx tx, String machine, List<Tag> tags) {
    tx.update("DELETE FROM sfn_tag WHERE machine = ?", machine);
    add(tx, machine, tags);
  }

  private void add(Tx tx, String machine, List<Tag> tags) {
    for (Tag tag : tags) {
      tx.update(
          "INSERT OR REPLACE INTO sfn_tag VALUES (?, ?, ?)",
          machine,
          tag.key(),
          tag.value() == null ? "" : tag.value());
    }
    if (tx.number("SELECT count(*) FROM sfn_tag WHERE machine = ?", machine) > Limits.TAGS) {
      throw Errors.validation("Too many tags: at most " + Limits.TAGS + " are allowed");
    }
  }

  TagResourceResponse tag(String arn, List<Tag> tags) {
    env.store()
        .write(tx -> {
          check(tx, arn);
          add(tx, arn, tags);
          return null;
        });
    return TagResourceResponse.builder().build();
  }

  UntagResourceResponse untag(String arn, List<String> keys) {
    env.store()
        .write(tx -> {
          check(tx, arn);
          keys.forEach(k -> tx.update("DELETE FROM sfn_tag WHERE machine = ? AND key = ?", arn, k));
          return null;
        });
    return UntagResourceResponse.builder().build();
  }

  ListTagsForResourceResponse list(String arn) {
    return env.store()
        .read(tx -> {
          check(tx, arn);
          return ListTagsForResourceResponse.builder()
              .tags(
                  tx.list(
                      "SELECT key, value FROM sfn_tag WHERE machine = ? ORDER BY key",
                      r -> Tag.builder().key(r.string(1)).value(r.string(2)).build(),
                      arn))
              .build();
        });
  }

  private static void check(Tx tx, String arn) {
    if (StateMachines.find(tx, arn).isEmpty()) {
      throw Errors.resourceNotFound(arn);
    }
  }
}
