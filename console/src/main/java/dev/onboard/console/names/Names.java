package dev.onboard.console.names;

import dev.onboard.console.web.Environment;
import dev.onboard.console.web.Link;
import dev.onboard.console.web.Url;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudformation.model.StackSummary;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/**
 * What things are called by people, who know them from their template, and which page shows them.
 */
public final class Names {
  private static final Pattern LAST_PART = Pattern.compile(".*[/:|]");
  private static final int PARTS = 6;

  private final Environment env;
  private final Map<String, String> logical = new HashMap<>();

  private Names(Environment env) {
    this.env = env;
  }

  /** The names of all stacks. */
  public static Names of(Environment env) {
    var names = new Names(env);
    CloudFormationClient cloudFormation = env.sdk().client(CloudFormationClient.class);
    for (StackSummary stack : cloudFormation.listStacksPaginator().stackSummaries()) {
      if (stack.deletionTime() == null) {
        cloudFormation
            .listStackResourcesPaginator(l -> l.stackName(stack.stackId()))
            .stackResourceSummaries()
            .stream()
            .filter(r -> r.physicalResourceId() != null)
            .forEach(names::add);
      }
    }
    return names;
  }

  private void add(StackResourceSummary resource) {
    String id = resource.physicalResourceId();
    logical.put(resource.resourceType() + ' ' + id, resource.logicalResourceId());
    // The names of log groups have parts of their own.
    if (!resource.resourceType().equals("AWS::Logs::LogGroup")) {
      String last = LAST_PART.matcher(id).replaceFirst("");
      logical.put(resource.resourceType() + ' ' + last, resource.logicalResourceId());
    }
  }

  /**
   * What the template calls a resource; what it is called itself if it is in none.
   *
   * @param type such as {@code AWS::SQS::Queue}
   * @param name its physical id, or the last part of that
   */
  public String name(String type, String name) {
    return logical.getOrDefault(type + ' ' + name, name);
  }

  /** A queue by its name. */
  public Link queue(String name) {
    return env.links().link(name("AWS::SQS::Queue", name), Url.of("queues", name));
  }

  /** A rule by its ARN. */
  public Link rule(String arn) {
    String[] parts = arn.split("/");
    String name = parts[parts.length - 1];
    String bus = parts.length > 2 ? parts[parts.length - 2] : "default";
    return env.links().link(name("AWS::Events::Rule", name), Url.of("rules", bus, name));
  }

  /** What an ARN stands for, with its kind: {@code queue WelcomeMailQueue}. */
  public Link of(String arn) {
    String[] parts = arn.split(":", PARTS);
    if (parts.length < PARTS) {
      return new Link(arn, null);
    }
    String resource = parts[PARTS - 1];
    return switch (parts[2]) {
      case "sqs" -> with("queue ", queue(resource));
      case "lambda" -> function(resource);
      case "states" -> workflow(arn, resource);
      case "logs" -> logGroup(resource.replaceFirst("^log-group:", "").replaceFirst(":\\*$", ""));
      case "sns" -> new Link("topic " + name("AWS::SNS::Topic", resource), null);
      case "events" -> ofEvents(arn, resource);
      default -> new Link(arn, null);
    };
  }

  private static Link with(String kind, Link link) {
    return new Link(kind + link.text(), link.href());
  }

  private Link ofEvents(String arn, String resource) {
    if (resource.startsWith("rule/")) {
      return with("rule ", rule(arn));
    } else if (resource.startsWith("event-bus/")) {
      String bus = resource.substring("event-bus/".length());
      return env.links().link("bus " + bus, Url.of("events").with("bus", bus));
    }
    return new Link(resource.replaceFirst("^api-destination/", "API destination "), null);
  }

  private Link workflow(String arn, String resource) {
    String[] parts = resource.split(":");
    String name = parts.length > 1 ? parts[1] : resource;
    return switch (parts[0]) {
      case "execution", "express" ->
          env.links().link("execution " + parts[parts.length - 1], Url.of("executions", arn));
      default ->
          env.links()
              .link(
                  "workflow " + name("AWS::StepFunctions::StateMachine", name),
                  Url.of("machines", arn));
    };
  }

  /** A function leads to what it logs. */
  private Link function(String resource) {
    String name = resource.replaceFirst("^function:", "").replaceFirst(":.*", "");
    String text = "function " + name("AWS::Lambda::Function", name);
    try {
      return env.links().link(text, Url.of("logs", logGroupOf(name)));
    } catch (ResourceNotFoundException e) {
      return new Link(text, null);
    }
  }

  /**
   * The log group of a function.
   *
   * @throws ResourceNotFoundException if there is no such function
   */
  public String logGroupOf(String function) {
    return logGroupOf(
        env.sdk()
            .client(LambdaClient.class)
            .getFunction(g -> g.functionName(function))
            .configuration());
  }

  /** The log group that a function's configuration says, or the usual one. */
  public static String logGroupOf(FunctionConfiguration function) {
    var logging = function.loggingConfig();
    return logging == null || logging.logGroup() == null
        ? "/aws/lambda/" + function.functionName()
        : logging.logGroup();
  }

  /** A log group by its name. */
  public Link logGroup(String name) {
    return env.links().link("log group " + name("AWS::Logs::LogGroup", name), Url.of("logs", name));
  }
}
