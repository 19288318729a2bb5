package dev.onboard.check.workflow;

import dev.onboard.check.doc.Place;
import dev.onboard.check.doc.Tree;
import dev.onboard.check.stack.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that a workflow does to a resource, and that its role must allow.
 *
 * @param action such as {@code dynamodb:GetItem}
 * @param resource the resource's ARN, name or URL; unknown if it is computed or not one resource
 * @param within whether it is done to something within the resource, such as an object in a bucket
 */
public record Call(Place place, String state, String action, Text resource, boolean within) {
  private static final String SERVICE = ":states:::";

  /** The calls of all states of a workflow. */
  public static List<Call> of(Workflow workflow) {
    var calls = new ArrayList<Call>();
    for (Workflow.State state : workflow.states()) {
      Tree tree = state.tree();
      if (state.type().equals("Task")) {
        add(calls, workflow, state, tree);
      }
      tree.at("ItemReader").ifPresent(reader -> add(calls, workflow, state, reader));
      tree.at("ResultWriter").ifPresent(writer -> add(calls, workflow, state, writer));
      if (tree.textAt("ItemProcessor", "ProcessorConfig", "Mode")
          .orElse("")
          .equals("DISTRIBUTED")) {
        Text itself = Text.of(new Text.Attribute(workflow.resource().id(), "Arn"));
        calls.add(new Call(tree.place(), state.name(), "states:StartExecution", itself, false));
      }
    }
    return calls;
  }

  private static void add(List<Call> calls, Workflow workflow, Workflow.State state, Tree tree) {
    Optional<Tree> resource = tree.at("Resource");
    if (resource.isEmpty()) {
      return;
    }
    Text text = workflow.text(resource.get());
    String name = text.plain().orElse("");
    int at = name.indexOf(SERVICE);
    Place place = tree.placeOf("Resource");
    if (at < 0) {
      if (text.attribute().isPresent() || name.contains(":lambda:")) {
        calls.add(new Call(place, state.name(), "lambda:InvokeFunction", text, false));
      }
      return;
    }
    String integration = name.substring(at + SERVICE.length()).replaceFirst("\\..*$", "");
    Tree arguments = tree.at("Arguments").or(() -> tree.at("Parameters")).orElse(tree);
    known(integration)
        .ifPresent(known -> {
          Text target =
              known.argument.isEmpty()
                  ? Text.unknown()
                  : arguments.at(known.argument).map(workflow::text).orElse(Text.unknown());
          calls.add(new Call(place, state.name(), known.action, target, known.within));
        });
  }

  /** An integration's action and the argument that names what it is done to. */
  private record Known(String action, String argument, boolean within) {}

  private static Optional<Known> known(String integration) {
    return switch (integration) {
      case "lambda:invoke" -> of("lambda:InvokeFunction", "FunctionName");
      case "events:putEvents" -> of("events:PutEvents", "");
      case "sqs:sendMessage" -> of("sqs:SendMessage", "QueueUrl");
      case "sns:publish" -> of("sns:Publish", "TopicArn");
      case "states:startExecution" -> of("states:StartExecution", "StateMachineArn");
      case "dynamodb:getItem" -> of("dynamodb:GetItem", "TableName");
      case "dynamodb:putItem" -> of("dynamodb:PutItem", "TableName");
      case "dynamodb:updateItem" -> of("dynamodb:UpdateItem", "TableName");
      case "dynamodb:deleteItem" -> of("dynamodb:DeleteItem", "TableName");
      case "s3:getObject" -> Optional.of(new Known("s3:GetObject", "Bucket", true));
      case "s3:putObject" -> Optional.of(new Known("s3:PutObject", "Bucket", true));
      case "s3:listObjectsV2" -> of("s3:ListBucket", "Bucket");
      default -> sdk(integration);
    };
  }

  /** The SDK integrations name the operation, which is mostly the action's name, too. */
  private static Optional<Known> sdk(String integration) {
    String[] parts = integration.split(":");
    if (parts.length != 3 || !parts[0].equals("aws-sdk")) {
      return Optional.empty();
    }
    return switch (parts[1]) {
      case "sqs", "sns", "dynamodb", "eventbridge", "sfn" -> {
        String service =
            switch (parts[1]) {
              case "eventbridge" -> "events";
              case "sfn" -> "states";
              default -> parts[1];
            };
        String first = parts[2].substring(0, 1).toUpperCase(Locale.ROOT);
        boolean table = service.equals("dynamodb") && !parts[2].startsWith("batch");
        boolean partiql = parts[2].contains("Statement") || parts[2].startsWith("transact");
        yield partiql || parts[2].startsWith("batch")
            ? Optional.empty()
            : of(service + ":" + first + parts[2].substring(1), table ? "TableName" : "");
      }
      default -> Optional.empty();
    };
  }

  private static Optional<Known> of(String action, String argument) {
    return Optional.of(new Known(action, argument, false));
  }
}
