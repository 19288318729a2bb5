package dev.onboard.check;

import dev.onboard.check.doc.Place;
import dev.onboard.check.doc.Tree;
import dev.onboard.check.event.Nearest;
import dev.onboard.check.stack.Template;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds references to what the template does not have. */
final class ReferenceCheck {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9]+)(\\.[^{}]*)?}");

  private final Template template;
  private final Findings findings;

  ReferenceCheck(Template template, Findings findings) {
    this.template = template;
    this.findings = findings;
  }

  void check() {
    template.root().each(this::check);
  }

  private void check(Tree tree) {
    if (!(tree instanceof Tree.Mapping mapping)) {
      return;
    }
    if (mapping.entries().size() == 1) {
      Map.Entry<String, Tree.Entry> only = mapping.entries().firstEntry();
      Tree argument = only.getValue().value();
      switch (only.getKey()) {
        case "Ref" -> argument.text().ifPresent(name -> named(name, argument.place(), false));
        case "Fn::GetAtt" ->
            argument
                .items()
                .getFirst()
                .text()
                .ifPresent(name -> named(name.replaceFirst("\\..*$", ""), argument.place(), true));
        case "Fn::Sub" -> substituted(argument);
        default -> {
          // No function that refers to anything.
        }
      }
    }
  }

  private void substituted(Tree argument) {
    List<Tree> items = argument.items();
    Set<String> given = items.size() > 1 ? items.get(1).members().keySet() : Set.of();
    Matcher matcher = VARIABLE.matcher(items.getFirst().text().orElse(""));
    while (matcher.find()) {
      if (!given.contains(matcher.group(1))) {
        named(matcher.group(1), argument.place(), matcher.group(2) != null);
      }
    }
  }

  private void named(String name, Place place, boolean resource) {
    Set<String> names = resource ? template.resources().keySet() : template.names();
    if (name.startsWith("AWS::") || names.contains(name)) {
      return;
    }
    findings.add(
        Code.REFERENCE_UNKNOWN,
        place,
        "the template has no " + (resource ? "resource " : "resource or parameter ") + name,
        Nearest.to(name, names)
            .map(nearest -> "Did you mean " + nearest + "?")
            .orElse("Declare it, or refer to something else."));
  }
}
