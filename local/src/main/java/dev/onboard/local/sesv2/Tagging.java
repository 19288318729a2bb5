package dev.onboard.local.sesv2;

import dev.onboard.local.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.sesv2.model.Tag;

/** Tags of identities and configuration sets, by their ARN. */
final class Tagging {
  private final String prefix;
  private final Identities identities;
  private final ConfigurationSets configurationSets;

  Tagging(String prefix, Identities identities, ConfigurationSets configurationSets) {
    this.prefix = prefix;
    this.identities = identities;
    this.configurationSets = configurationSets;
  }

  void tag(Tx tx, String arn, List<Tag> tags) {
    change(
        tx,
        arn,
        held -> {
          var all = new ArrayList<>(held);
          all.removeIf(h -> tags.stream().anyMatch(t -> t.key().equals(h.key())));
          all.addAll(tags);
          return all;
        });
  }

  void untag(Tx tx, String arn, List<String> keys) {
    change(tx, arn, held -> held.stream().filter(t -> !keys.contains(t.key())).toList());
  }

  List<Tag> tags(Tx tx, String arn) {
    String[] resource = resource(arn);
    return resource[0].equals("identity")
        ? identities.get(tx, resource[1]).tags()
        : configurationSets.get(tx, resource[1]).tags();
  }

  private void change(Tx tx, String arn, UnaryOperator<List<Tag>> change) {
    List<Tag> tags = change.apply(tags(tx, arn));
    String[] resource = resource(arn);
    if (resource[0].equals("identity")) {
      identities.change(tx, resource[1], i -> i.tags(tags));
    } else {
      configurationSets.change(tx, resource[1], s -> s.tags(tags));
    }
  }

  private String[] resource(String arn) {
    if (arn != null && arn.startsWith(prefix)) {
      String[] parts = arn.substring(prefix.length()).split("/", 2);
      if (parts.length == 2
          && (parts[0].equals("identity") || parts[0].equals("configuration-set"))) {
        return parts;
      }
    }
    throw SesErrors.notFound("Resource " + arn + " does not exist.");
  }
}
