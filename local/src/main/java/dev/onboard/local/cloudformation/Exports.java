package dev.onboard.local.cloudformation;

import dev.onboard.local.store.Store;
import dev.onboard.local.store.Tx;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.model.Export;

/** The values that stacks share under names of the whole account. */
final class Exports {
  private final Store store;

  Exports(Store store) {
    this.store = store;
  }

  /** The value of an export, for {@code Fn::ImportValue}. */
  String value(String name) {
    return store.read(tx ->
        tx.first("SELECT value FROM cfn_export WHERE name = ?", r -> r.string(1), name)
            .orElseThrow(() -> Invalid.request("No export named " + name + " found.")));
  }

  List<Export> all(Tx tx) {
    return tx.list(
        "SELECT name, stack, value FROM cfn_export ORDER BY name",
        r ->
            Export.builder()
                .name(r.string(1))
                .exportingStackId(r.string(2))
                .value(r.string(3))
                .build());
  }

  /** The names of the stacks that import something. */
  List<String> importers(Tx tx, String name) {
    return tx.list(
        "SELECT s.name FROM cfn_import i JOIN cfn_stack s ON s.id = i.stack WHERE i.name = ?"
            + " ORDER BY s.name",
        r -> r.string(1),
        name);
  }

  boolean exists(Tx tx, String name) {
    return tx.exists("SELECT 1 FROM cfn_export WHERE name = ?", name);
  }

  /** Makes these the exports of a stack; refuses to take or change what others use. */
  void replace(Tx tx, String stackId, Map<String, String> exports) {
    for (var export : exports.entrySet()) {
      Optional<String> owner =
          tx.first(
              "SELECT s.name FROM cfn_export e JOIN cfn_stack s ON s.id = e.stack"
                  + " WHERE e.name = ? AND e.stack <> ?",
              r -> r.string(1),
              export.getKey(),
              stackId);
      if (owner.isPresent()) {
        throw Invalid.request(
            "Export with name "
                + export.getKey()
                + " is already exported by stack "
                + owner.get()
                + ".");
      }
    }
    of(tx, stackId)
        .forEach((name, value) -> {
          if (!value.equals(exports.get(name))) {
            refuseIfUsed(tx, name, exports.containsKey(name) ? "updated" : "deleted");
          }
        });
    tx.update("DELETE FROM cfn_export WHERE stack = ?", stackId);
    exports.forEach((name, value) ->
        tx.update("INSERT INTO cfn_export VALUES (?, ?, ?)", name, stackId, value));
  }

  void refuseIfAnyUsed(Tx tx, String stackId) {
    of(tx, stackId).keySet().forEach(name -> refuseIfUsed(tx, name, "deleted"));
  }

  void imports(Tx tx, String stackId, Collection<String> names) {
    tx.update("DELETE FROM cfn_import WHERE stack = ?", stackId);
    names.forEach(n -> tx.update("INSERT INTO cfn_import VALUES (?, ?)", n, stackId));
  }

  private Map<String, String> of(Tx tx, String stackId) {
    var exports = new LinkedHashMap<String, String>();
    tx.list(
            "SELECT name, value FROM cfn_export WHERE stack = ?",
            r -> List.of(r.string(1), r.string(2)),
            stackId)
        .forEach(e -> exports.put(e.get(0), e.get(1)));
    return exports;
  }

  private void refuseIfUsed(Tx tx, String name, String what) {
    List<String> users = importers(tx, name);
    if (!users.isEmpty()) {
      throw Invalid.request(
          "Export "
              + name
              + " cannot be "
              + what
              + " as it is in use by "
              + String.join(", ", users));
    }
  }
}
