package dev.onboard.console.names;

import dev.onboard.console.link.TargetLink;
import dev.onboard.console.web.Environment;
import dev.onboard.console.web.Link;
import dev.onboard.console.web.Url;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudformation.model.StackSummary;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;

/**
 * What things are called by people, who know them from their template, and which page shows them.
 */
public final class Names {
  private static final Pattern LAST_PART = Pattern.compile(".*[/:|]");

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

  /** What an ARN stands for, with its kind: {@code queue WelcomeMailQueue}. */
  public Link of(String arn) {
    return TargetLink.of(env.links(), arn, this::name);
  }

  /** The log group that a function's configuration says, or the usual one. */
  public static String logGroupOf(FunctionConfiguration function) {
    var logging = function.loggingConfig();
    return logging == null || logging.logGroup() == null
        ? "/aws/lambda/" + function.functionName()
        : logging.logGroup();
  }
}
