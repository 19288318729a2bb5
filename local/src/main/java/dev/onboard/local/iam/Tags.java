package dev.onboard.local.iam;

import java.util.LinkedHashMap;
import java.util.List;
import software.amazon.awssdk.services.iam.model.Tag;

/** The tags of roles, users and policies. */
final class Tags {
  private Tags() {}

  static List<Tag> changed(List<Tag> before, List<Tag> set, List<String> removed) {
    var tags = new LinkedHashMap<String, Tag>();
    before.forEach(t -> tags.put(t.key(), t));
    for (Tag tag : set) {
      if (tag.key().startsWith("aws:")) {
        throw IamErrors.invalid("Tag keys that begin with aws: are reserved: " + tag.key());
      }
      tags.put(tag.key(), tag);
    }
    removed.forEach(tags::remove);
    if (tags.size() > Limits.TAGS) {
      throw IamErrors.limit("The number of tags has reached the maximum limit.");
    }
    return List.copyOf(tags.values());
  }
}
