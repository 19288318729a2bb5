package dev.onboard.local.schemas;

import dev.onboard.local.store.Tx;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tags of registries and schemas. */
final class Tags {
  void put(Tx tx, String arn, Map<String, String> tags) {
    tags.forEach((name, value) ->
        tx.update("INSERT OR REPLACE INTO schemas_tag VALUES (?, ?, ?)", arn, name, value));
  }

  void remove(Tx tx, String arn, List<String> names) {
    names.forEach(n -> tx.update("DELETE FROM schemas_tag WHERE arn = ? AND name = ?", arn, n));
  }

  void remove(Tx tx, String arn) {
    tx.update("DELETE FROM schemas_tag WHERE arn = ?", arn);
  }

  Map<String, String> of(Tx tx, String arn) {
    var tags = new TreeMap<String, String>();
    tx.list(
            "SELECT name, value FROM schemas_tag WHERE arn = ?",
            r -> Map.entry(r.string(1), r.string(2)),
            arn)
        .forEach(e -> tags.put(e.getKey(), e.getValue()));
    return tags;
  }
}
