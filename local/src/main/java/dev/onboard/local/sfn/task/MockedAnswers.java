package dev.onboard.local.sfn.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.local.call.Environment;
import dev.onboard.local.sfn.asl.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/**
 * Holds made-up answers of operations against the SDK's model of them. Members that the model does
 * not know may be there. Which members are required the model does not tell of answers, so these
 * stand here, from Step Functions' API reference; no other optimised integration has any.
 */
public final class MockedAnswers {
  private static final Map<String, List<String>> REQUIRED =
      Map.of(
          "StartExecution", List.of("ExecutionArn", "StartDate"),
          "StartSyncExecution", List.of("ExecutionArn", "StartDate", "StopDate", "Status"));

  /** What has no model on AWS either. */
  private static final Set<String> WITHOUT_MODEL = Set.of("apigateway", "http");

  private final Environment env;

  public MockedAnswers(Environment env) {
    this.env = env;
  }

  /** That an answer is not as it must be. */
  private static final class Complaint extends RuntimeException {
    Complaint(String what) {
      super("Mock result schema validation error: " + what, null, false, false);
    }
  }

  /**
   * What is wrong with an answer, in Step Functions' words; {@code null} if nothing is.
   *
   * @param complete whether required members must be there
   */
  public @Nullable String complaint(Resource resource, JsonNode answer, boolean complete) {
    if (!(resource instanceof Resource.Integration call)
        || call.pattern() != Resource.CallPattern.REQUEST_RESPONSE
        || WITHOUT_MODEL.contains(call.service())) {
      return null;
    }
    Target target = call.sdk() ? Target.sdk(call.service()) : Target.optimised(call.service());
    SdkOperation operation = target == null ? null : SdkOperation.find(env, target, call.action());
    if (operation == null) {
      return "the local runtime has no model of "
          + call.resourceType()
          + ":"
          + call.action()
          + ", so its result can be mocked with the field validation mode NONE alone";
    }
    try {
      expect(answer.isObject(), "the result", "an object");
      if (complete) {
        for (String name : REQUIRED.getOrDefault(operation.name(), List.of())) {
          if (!answer.hasNonNull(name)) {
            throw new Complaint("Required field '" + name + "' is missing");
          }
        }
      }
      members(operation.response(), answer);
      return null;
    } catch (Complaint e) {
      return e.getMessage();
    }
  }

  private static void members(SdkPojo builder, JsonNode object) {
    Map<String, SdkField<?>> fields = SdkTree.fields(builder);
    for (var member : object.properties()) {
      SdkField<?> field = fields.get(member.getKey());
      if (field != null) {
        value(field, "Field '" + member.getKey() + "'", member.getValue());
      }
    }
  }

  private static void value(SdkField<?> field, String name, JsonNode node) {
    MarshallingType<?> type = field.marshallingType();
    if (node.isNull()) {
      return;
    } else if (type == MarshallingType.LIST) {
      expect(node.isArray(), name, "an array");
      SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
      node.forEach(element -> value(member, name, element));
    } else if (type == MarshallingType.MAP) {
      expect(node.isObject(), name, "an object");
      SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
      node.forEach(element -> value(member, name, element));
    } else if (type == MarshallingType.SDK_POJO) {
      expect(node.isObject(), name, "an object");
      members(field.constructor().get(), node);
    } else if (type == MarshallingType.BOOLEAN) {
      expect(node.isBoolean(), name, "a boolean");
    } else if (type == MarshallingType.STRING
        || type == MarshallingType.INSTANT
        || type == MarshallingType.SDK_BYTES) {
      expect(node.isTextual(), name, "a string");
    } else if (type != MarshallingType.DOCUMENT) {
      expect(node.isNumber(), name, "a number");
    }
  }

  private static void expect(boolean condition, String name, String type) {
    if (!condition) {
      throw new Complaint(name + " must be " + type);
    }
  }
}
