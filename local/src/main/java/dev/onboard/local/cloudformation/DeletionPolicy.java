package dev.onboard.local.cloudformation;

import dev.onboard.local.cloudformation.Template.ResourceDeclaration;

/** What becomes of a resource that its stack no longer has. */
enum DeletionPolicy {
  DELETE,
  RETAIN,
  RETAIN_EXCEPT_ON_CREATE;

  static DeletionPolicy of(String text, String member, ResourceDeclaration resource) {
    return switch (text) {
      case "Delete" -> DELETE;
      case "Retain" -> RETAIN;
      case "RetainExceptOnCreate" -> RETAIN_EXCEPT_ON_CREATE;
      case "Snapshot" ->
          throw Invalid.unsupported(
              "template",
              member
                  + " Snapshot of resource "
                  + resource.logicalId()
                  + " ("
                  + resource.type()
                  + ")");
      default ->
          throw Invalid.template(
              "Unrecognized " + member + " " + text + " for resource " + resource.logicalId());
    };
  }
}
