package dev.onboard.local.sfn.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Service;
import dev.onboard.local.sfn.asl.Json;
import dev.onboard.local.sfn.asl.StateError;
import java.lang.reflect.Method;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.utils.builder.Buildable;

/** One operation of the SDK, called by what the SDK's model says of it. */
final class SdkOperation {
  /** Operations that wait for others: within a write they would hold up everybody. */
  private static final Set<String> WAITING =
      Set.of("GetActivityTask", "StartSyncExecution", "TestState", "ReceiveMessage");

  private final Environment env;
  private final Target target;
  private final Method method;
  private final Class<?> request;

  private SdkOperation(Environment env, Target target, Method method) {
    this.env = env;
    this.target = target;
    this.method = method;
    this.request = method.getParameterTypes()[0];
  }

  /** The operation of that name; {@code null} if the SDK has none. */
  static @Nullable SdkOperation find(Environment env, Target target, String action) {
    String name = Service.operationOf(action);
    Service service = env.services().named(target.signingName());
    Method own = service == null ? null : service.method(name);
    if (own != null && own.getName().equals(action)) {
      return new SdkOperation(env, target, own);
    }
    String requestName = name + "Request";
    Method plain = null;
    for (Method method : target.contract().getMethods()) {
      Class<?>[] parameters = method.getParameterTypes();
      if (!method.getName().equals(action)
          || parameters.length == 0
          || !parameters[0].getSimpleName().equals(requestName)) {
        continue;
      }
      boolean streams =
          parameters.length == 2
              && (parameters[1] == RequestBody.class || parameters[1] == ResponseTransformer.class);
      if (streams) {
        return new SdkOperation(env, target, method);
      } else if (parameters.length == 1) {
        plain = method;
      }
    }
    return plain == null ? null : new SdkOperation(env, target, plain);
  }

  Target target() {
    return target;
  }

  /** Whether a call only changes the store, and at once, so that it can be part of a write. */
  boolean isTransactional() {
    return target.transactional() && !WAITING.contains(name());
  }

  String name() {
    return Service.operationOf(method.getName());
  }

  /** The names of the members that it takes. */
  Set<String> members() {
    return SdkTree.fields(builder()).keySet();
  }

  boolean takesBody() {
    return method.getParameterCount() == 2 && method.getParameterTypes()[1] == RequestBody.class;
  }

  /** Calls it and gives the response as JSON. */
  ObjectNode call(CallSite site, JsonNode arguments) {
    Object[] extra = takesBody() ? new Object[] {body(arguments.path("Body"))} : new Object[0];
    return SdkTree.write((SdkPojo) invoke(site, arguments, extra));
  }

  private Object invoke(CallSite site, JsonNode arguments, Object... extra) {
    return env.call(target.signingName(), name(), request(arguments), site.caller(), extra);
  }

  /** Calls an operation whose answer is a stream; its text stands under {@code Body}. */
  ObjectNode download(CallSite site, JsonNode arguments) {
    var bytes = (ResponseBytes<?>) invoke(site, arguments, ResponseTransformer.toBytes());
    ObjectNode tree = SdkTree.write((SdkPojo) bytes.response());
    return tree.put("Body", bytes.asUtf8String());
  }

  private static RequestBody body(JsonNode body) {
    String text =
        body.isMissingNode() || body.isNull()
            ? ""
            : body.isTextual() ? body.textValue() : Json.text(body);
    return RequestBody.fromString(text);
  }

  boolean givesStream() {
    return method.getParameterCount() == 2 && !takesBody();
  }

  private SdkRequest request(JsonNode arguments) {
    SdkPojo builder = builder();
    try {
      SdkTree.read(builder, withChecksum(arguments));
    } catch (IllegalArgumentException e) {
      throw StateError.runtime(
          "The Parameters '"
              + Json.text(arguments)
              + "' could not be used to start the Task: ["
              + e.getMessage()
              + "]");
    }
    return (SdkRequest) ((Buildable) builder).build();
  }

  /** The SDK's own client sends a CRC32 with a body, unless another checksum is asked for. */
  private JsonNode withChecksum(JsonNode arguments) {
    return takesBody()
            && arguments.isObject()
            && members().contains("ChecksumAlgorithm")
            && !arguments.has("ChecksumAlgorithm")
        ? Json.object().<ObjectNode>setAll((ObjectNode) arguments).put("ChecksumAlgorithm", "CRC32")
        : arguments;
  }

  private SdkPojo builder() {
    return builder(request);
  }

  /** A builder of its answers. */
  SdkPojo response() {
    String name = request.getName();
    try {
      return builder(
          Class.forName(name.substring(0, name.length() - "Request".length()) + "Response"));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SdkPojo builder(Class<?> type) {
    try {
      return (SdkPojo) type.getMethod("builder").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
