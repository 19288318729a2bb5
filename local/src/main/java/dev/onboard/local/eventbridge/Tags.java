package dev.onboard.local.eventbridge;

import dev.onboard.local.store.Store;
import dev.onboard.local.store.Tx;
import java.util.List;
import software.amazon.awssdk.services.eventbridge.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.eventbridge.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.eventbridge.model.Tag;
import software.amazon.awssdk.services.eventbridge.model.TagResourceRequest;
import software.amazon.awssdk.services.eventbridge.model.TagResourceResponse;
import software.amazon.awssdk.services.eventbridge.model.UntagResourceRequest;
import software.amazon.awssdk.services.eventbridge.model.UntagResourceResponse;

/** The tags of buses and rules. */
final class Tags {
  private static final int MOST = 50;

  private final Store store;
  private final Names names;

  Tags(Store store, Names names) {
    this.store = store;
    this.names = names;
  }

  TagResourceResponse tag(TagResourceRequest request) {
    new Constraints().length("resourceARN", request.resourceARN(), 1, 1600).check();
    check(request.tags());
    store.write(tx -> {
      requireChangeable(tx, request.resourceARN());
      put(tx, request.resourceARN(), request.tags());
      return null;
    });
    return TagResourceResponse.builder().build();
  }

  UntagResourceResponse untag(UntagResourceRequest request) {
    store.write(tx -> {
      requireChangeable(tx, request.resourceARN());
      request
          .tagKeys()
          .forEach(k ->
              tx.update(
                  "DELETE FROM events_tag WHERE arn = ? AND name = ?", request.resourceARN(), k));
      return null;
    });
    return UntagResourceResponse.builder().build();
  }

  ListTagsForResourceResponse list(ListTagsForResourceRequest request) {
    List<Tag> tags =
        store.read(tx -> {
          require(tx, request.resourceARN());
          return tx.list(
              "SELECT name, value FROM events_tag WHERE arn = ? ORDER BY name",
              r -> Tag.builder().key(r.string(1)).value(r.string(2)).build(),
              request.resourceARN());
        });
    return ListTagsForResourceResponse.builder().tags(tags).build();
  }

  /** Gives a new resource its tags. */
  void replace(Tx tx, String arn, List<Tag> tags) {
    check(tags);
    remove(tx, arn);
    put(tx, arn, tags);
  }

  void remove(Tx tx, String arn) {
    tx.update("DELETE FROM events_tag WHERE arn = ?", arn);
  }

  private static void check(List<Tag> tags) {
    var constraints = new Constraints();
    for (int i = 0; i < tags.size(); i++) {
      String path = "tags." + (i + 1) + ".member.";
      constraints
          .required(path + "key", tags.get(i).key())
          .required(path + "value", tags.get(i).value())
          .length(path + "key", tags.get(i).key(), 1, 128)
          .length(path + "value", tags.get(i).value(), 0, 256);
    }
    constraints.check();
  }

  private static void put(Tx tx, String arn, List<Tag> tags) {
    for (Tag tag : tags) {
      tx.update("INSERT OR REPLACE INTO events_tag VALUES (?, ?, ?)", arn, tag.key(), tag.value());
    }
    if (tx.number("SELECT count(*) FROM events_tag WHERE arn = ?", arn) > MOST) {
      throw EventErrors.limit();
    }
  }

  private void requireChangeable(Tx tx, String arn) {
    require(tx, arn);
    Names.RuleName rule = names.ruleOfArn(arn);
    if (rule != null) {
      Rules.requireUnmanaged(tx, rule.bus(), rule.rule());
    }
  }

  private void require(Tx tx, String arn) {
    Names.RuleName rule = names.ruleOfArn(arn);
    if (rule != null) {
      Buses.require(tx, rule.bus());
      Rules.require(tx, rule.bus(), rule.rule());
      return;
    }
    String bus = names.ofArn(arn, "event-bus/");
    if (bus == null) {
      throw EventErrors.validation(
          "Parameter " + arn + " is not valid. Reason: Provided Arn is not in correct format.");
    }
    Buses.require(tx, bus);
  }
}
