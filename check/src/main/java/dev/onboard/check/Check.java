package dev.onboard.check;

import dev.onboard.check.doc.UnreadableException;
import dev.onboard.check.stack.Template;
import java.nio.file.Path;
import java.util.List;

/**
 * Proves of a template, and of the patterns, schemas and workflows that belong to it, what can be
 * proved without running anything. What cannot be told is never found fault with.
 */
public final class Check {
  private Check() {}

  /** What is wrong with a template, by file and line. */
  public static List<Finding> of(Path template) {
    var findings = new Findings();
    try {
      check(Template.read(template.toAbsolutePath().normalize()), findings);
    } catch (UnreadableException e) {
      findings.add(
          Code.FILE_UNREADABLE,
          e.place(),
          String.valueOf(e.getMessage()),
          "Nothing else is checked before it can be read.");
    }
    return findings.sorted();
  }

  private static void check(Template template, Findings findings) {
    Project project = Project.of(template, findings);
    var publications = new Publications(project);
    new PatternCheck(project, findings).check();
    new RelationCheck(project, findings).check();
    new LoopCheck(project, publications, findings).check();
    // What is missing can be told only where everything there is stands in the template.
    if (!template.makesMore()) {
      new ReferenceCheck(template, findings).check();
      new FlowCheck(project, publications, findings).check();
      new TargetCheck(project, findings).check();
    }
    new TransformerCheck(project, findings).check();
    new WorkflowCheck(project, findings).check();
    new WorkflowRoleCheck(project, findings).check();
  }
}
