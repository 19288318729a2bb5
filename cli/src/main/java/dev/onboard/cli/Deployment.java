package dev.onboard.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.Change;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Brings a stack to what the checkout says: package, change set, execution, outputs. */
final class Deployment {
  private static final String NOTHING_TO_CHANGE = "didn't contain changes";

  private final Clients clients;
  private final String stack;
  private final PrintWriter out;
  private final boolean terse;

  /**
   * A deployment.
   *
   * @param terse whether to leave out what a person did not ask to see
   */
  Deployment(Clients clients, String stack, PrintWriter out, boolean terse) {
    this.clients = clients;
    this.stack = stack;
    this.out = out;
    this.terse = terse;
  }

  /**
   * Deploys.
   *
   * @param given parameters of the template; those not given keep their value or their default
   * @return the outputs of the stack
   */
  Map<String, String> run(Project project, Map<String, String> given) {
    String account = clients.sts().getCallerIdentity().account();
    String region = clients.cloudFormation().serviceClientConfiguration().region().id();
    String bucket = "onboard-deploy-" + account + "-" + region;
    makeBucket(bucket);
    Path file = project.template();
    Map<String, Object> template = TemplateReader.read(file);
    String url =
        new Packaging(clients.s3(), bucket, file.toAbsolutePath().getParent(), project.digests())
            .run(template, region);
    Optional<Stack> before = find();
    if (before.isPresent() && before.get().stackStatusAsString().equals("ROLLBACK_COMPLETE")) {
      say("The first creation of " + stack + " was rolled back; what is left of it is deleted.");
      delete();
      before = Optional.empty();
    }
    boolean creating =
        before.isEmpty() || before.get().stackStatusAsString().equals("REVIEW_IN_PROGRESS");
    String changeSet = createChangeSet(url, creating, parameters(template, given, before));
    DescribeChangeSetResponse described = awaitChangeSet(changeSet);
    if (described.statusAsString().equals("FAILED")) {
      clients.cloudFormation().deleteChangeSet(d -> d.stackName(stack).changeSetName(changeSet));
      String reason = String.valueOf(described.statusReason());
      if (!reason.contains(NOTHING_TO_CHANGE)
          && !reason.contains("No updates are to be performed")) {
        throw new Failure("the change set of " + stack + " failed: " + reason);
      }
      say("Stack " + stack + " is up to date.");
    } else {
      show(described.changes());
      Set<String> seen = new LinkedHashSet<>();
      events(seen, false);
      clients.cloudFormation().executeChangeSet(e -> e.stackName(stack).changeSetName(changeSet));
      follow(seen, creating ? "CREATE_COMPLETE" : "UPDATE_COMPLETE");
    }
    return outputs(find().orElseThrow());
  }

  /** The stack, if there is one. */
  Optional<Stack> find() {
    try {
      return clients.cloudFormation().describeStacks(d -> d.stackName(stack)).stacks().stream()
          .findFirst();
    } catch (CloudFormationException e) {
      if (String.valueOf(e.getMessage()).contains("does not exist")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Deletes the stack and follows it to its end. */
  void delete() {
    Stack existing =
        find().orElseThrow(() -> new Failure("there is no stack " + stack + " to delete"));
    Set<String> seen = new LinkedHashSet<>();
    events(seen, false);
    CloudFormationClient cloudFormation = clients.cloudFormation();
    cloudFormation.deleteStack(d -> d.stackName(stack));
    while (true) {
      Stack now =
          cloudFormation.describeStacks(d -> d.stackName(existing.stackId())).stacks().getFirst();
      events(existing.stackId(), seen, !terse);
      String status = now.stackStatusAsString();
      if (status.equals("DELETE_COMPLETE")) {
        return;
      } else if (!status.equals("DELETE_IN_PROGRESS")) {
        // An export that another stack imports leaves the stack as it was; only its reason says so.
        throw new Failure("the deletion of " + stack + " failed: " + now.stackStatusReason());
      }
      pause();
    }
  }

  static Map<String, String> outputs(Stack stack) {
    var outputs = new LinkedHashMap<String, String>();
    for (Output output : stack.outputs()) {
      outputs.put(output.outputKey(), output.outputValue());
    }
    return outputs;
  }

  private void makeBucket(String bucket) {
    try {
      clients.s3().headBucket(h -> h.bucket(bucket));
    } catch (S3Exception e) {
      if (e.statusCode() != 404) {
        throw new Failure(
            "the bucket " + bucket + " for what is deployed cannot be used: " + e.getMessage(), e);
      }
      clients.s3().createBucket(c -> c.bucket(bucket));
    }
  }

  private List<Parameter> parameters(
      Map<String, Object> template, Map<String, String> given, Optional<Stack> before) {
    var names = new LinkedHashSet<String>();
    if (template.get("Parameters") instanceof Map<?, ?> declared) {
      TemplateReader.asObject(declared).keySet().forEach(names::add);
    }
    given.keySet().stream()
        .filter(name -> !names.contains(name))
        .findFirst()
        .ifPresent(name -> {
          throw new Failure(
              "the template has no parameter " + name + "; it has " + String.join(", ", names));
        });
    Set<String> known = new LinkedHashSet<>();
    before.ifPresent(s -> s.parameters().forEach(p -> known.add(p.parameterKey())));
    var parameters = new ArrayList<Parameter>();
    for (String name : names) {
      if (given.containsKey(name)) {
        parameters.add(
            Parameter.builder().parameterKey(name).parameterValue(given.get(name)).build());
      } else if (known.contains(name)) {
        parameters.add(Parameter.builder().parameterKey(name).usePreviousValue(true).build());
      }
    }
    return parameters;
  }

  private String createChangeSet(String url, boolean creating, List<Parameter> parameters) {
    String name = "onboard-" + Instant.now().toEpochMilli();
    clients
        .cloudFormation()
        .createChangeSet(c ->
            c.stackName(stack)
                .changeSetName(name)
                .changeSetType(creating ? ChangeSetType.CREATE : ChangeSetType.UPDATE)
                .templateURL(url)
                .parameters(parameters)
                .capabilities(
                    Capability.CAPABILITY_IAM,
                    Capability.CAPABILITY_NAMED_IAM,
                    Capability.CAPABILITY_AUTO_EXPAND));
    return name;
  }

  private DescribeChangeSetResponse awaitChangeSet(String name) {
    while (true) {
      DescribeChangeSetResponse described =
          clients.cloudFormation().describeChangeSet(d -> d.stackName(stack).changeSetName(name));
      String status = described.statusAsString();
      if (status.equals("CREATE_COMPLETE") || status.equals("FAILED")) {
        return described;
      }
      pause();
    }
  }

  private void show(List<Change> changes) {
    if (terse) {
      say("Deploying " + stack + ": " + changes.size() + " changes.");
      return;
    }
    out.println("Changes of stack " + stack + ":");
    for (Change change : changes) {
      var resource = change.resourceChange();
      String replaced = resource.replacementAsString();
      out.printf(
          "  %-8s %-36s %s%s%n",
          resource.actionAsString(),
          resource.logicalResourceId(),
          resource.resourceType(),
          "True".equals(replaced) ? " (replaced)" : "");
    }
    out.flush();
  }

  private void follow(Set<String> seen, String good) {
    while (true) {
      Stack now = find().orElseThrow();
      events(seen, !terse);
      String status = now.stackStatusAsString();
      if (status.equals(good)) {
        return;
      } else if (!status.endsWith("_IN_PROGRESS")) {
        throw new Failure("the deployment ended as " + status + ": " + firstFailure());
      }
      pause();
    }
  }

  private String firstFailure() {
    return clients
        .cloudFormation()
        .describeStackEventsPaginator(d -> d.stackName(stack))
        .stackEvents()
        .stream()
        .filter(e -> e.resourceStatusAsString().endsWith("_FAILED"))
        .filter(e -> !String.valueOf(e.resourceStatusReason()).contains("cancelled"))
        .limit(50)
        .reduce((newer, older) -> older)
        .map(e -> e.logicalResourceId() + ": " + e.resourceStatusReason())
        .orElse("no resource says why");
  }

  private void events(Set<String> seen, boolean print) {
    if (find().isPresent()) {
      events(stack, seen, print);
    }
  }

  private void events(String name, Set<String> seen, boolean print) {
    var fresh = new ArrayList<StackEvent>();
    for (StackEvent event :
        clients
            .cloudFormation()
            .describeStackEventsPaginator(d -> d.stackName(name))
            .stackEvents()) {
      if (!seen.add(event.eventId())) {
        break;
      }
      fresh.add(event);
    }
    if (print) {
      fresh.reversed().forEach(this::print);
      out.flush();
    }
  }

  private void print(StackEvent event) {
    out.printf(
        "  %-28s %-36s %s%n",
        event.resourceStatusAsString(),
        event.logicalResourceId(),
        event.resourceStatusReason() == null ? "" : event.resourceStatusReason());
  }

  private void pause() {
    Pause.of(clients.isLocal() ? Duration.ofMillis(100) : Duration.ofSeconds(2));
  }

  private void say(String text) {
    out.println(text);
    out.flush();
  }
}
