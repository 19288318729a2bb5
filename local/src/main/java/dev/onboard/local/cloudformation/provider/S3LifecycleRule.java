package dev.onboard.local.cloudformation.provider;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** A lifecycle rule of a template as the API of S3 has it. */
final class S3LifecycleRule {
  private S3LifecycleRule() {}

  static ObjectNode of(Properties rule) {
    ObjectNode to =
        rule.renamed("Id", "ID")
            .only("ID", "Status", "NoncurrentVersionExpiration", "AbortIncompleteMultipartUpload")
            .node();
    Map<String, String> expiration =
        Map.of(
            "ExpirationInDays", "Days",
            "ExpirationDate", "Date",
            "ExpiredObjectDeleteMarker", "ExpiredObjectDeleteMarker");
    expiration.forEach((from, name) -> {
      if (rule.has(from)) {
        to.withObject("/Expiration").set(name, rule.get(from));
      }
    });
    to.set("Filter", filter(rule));
    for (Properties transition : rule.each("Transitions")) {
      to.withArray("/Transitions")
          .add(
              transition
                  .renamed("TransitionInDays", "Days")
                  .renamed("TransitionDate", "Date")
                  .node());
    }
    for (Properties transition : rule.each("NoncurrentVersionTransitions")) {
      to.withArray("/NoncurrentVersionTransitions")
          .add(transition.renamed("TransitionInDays", "NoncurrentDays").node());
    }
    return to;
  }

  private static ObjectNode filter(Properties rule) {
    ObjectNode filter = JsonNodeFactory.instance.objectNode();
    filter.setAll(rule.only("Prefix", "ObjectSizeGreaterThan", "ObjectSizeLessThan").node());
    var tags = rule.get("TagFilters");
    if (tags.size() == 1 && filter.isEmpty()) {
      filter.set("Tag", tags.get(0));
    } else if (!tags.isEmpty() || filter.size() > 1) {
      // The API wants more than one condition under one roof.
      ObjectNode and = filter.deepCopy();
      if (!tags.isEmpty()) {
        and.set("Tags", tags);
      }
      filter.removeAll();
      filter.set("And", and);
    } else if (filter.isEmpty()) {
      filter.put("Prefix", "");
    }
    return filter;
  }
}
