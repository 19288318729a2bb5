package dev.onboard.local.wire;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.RequiredTrait;
import software.amazon.awssdk.protocols.core.OperationInfo;

/**
 * One operation as the SDK's marshaller binds it to HTTP.
 *
 * @param name as the API spells it
 * @param request the class of its request
 * @param method the HTTP method
 * @param path the pattern of the path, with a group for each variable
 * @param variables the names of the variables
 * @param literals query parameters that tell it from its neighbours, such as {@code uploads}
 * @param required query parameters and headers that it cannot be without
 * @param streamsInput whether its body is handed over as a stream
 */
record Operation(
    String name,
    Class<?> request,
    String method,
    Pattern path,
    List<String> variables,
    Map<String, List<String>> literals,
    List<SdkField<?>> required,
    boolean streamsInput) {

  private static final Pattern VARIABLE = Pattern.compile("\\{([\\w-]+)(\\+?)}");

  /**
   * Reads the binding out of the SDK.
   *
   * @param base the package of the service's client
   */
  static @Nullable Operation load(String base, String name) {
    OperationInfo info = binding(base, name);
    if (info == null) {
      return null;
    }
    Class<?> request;
    try {
      request = Class.forName(base + ".model." + name + "Request");
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
    SdkPojo builder = Pojos.builder(request);
    String uri = info.requestUri();
    int question = uri.indexOf('?');
    String path = question < 0 ? uri : uri.substring(0, question);
    // S3 names the bucket in the host; here it is always the first segment of the path.
    boolean inBucket =
        Pojos.fields(builder).get("Bucket") instanceof SdkField<?> f
            && f.location() == MarshallLocation.PATH;
    if (inBucket) {
      path = "/{Bucket}" + (path.equals("/") ? "" : path);
    }
    var variables = new ArrayList<String>();
    Matcher matcher = VARIABLE.matcher(path);
    var pattern = new StringBuilder();
    while (matcher.find()) {
      variables.add(matcher.group(1));
      matcher.appendReplacement(pattern, matcher.group(2).isEmpty() ? "([^/]+)" : "(.+)");
    }
    matcher.appendTail(pattern).append("/?");
    List<SdkField<?>> required =
        builder.sdkFields().stream()
            .filter(f -> f.getTrait(RequiredTrait.class) != null)
            .filter(f ->
                f.location() == MarshallLocation.QUERY_PARAM
                    || f.location() == MarshallLocation.HEADER)
            .toList();
    return new Operation(
        name,
        request,
        info.httpMethod().name(),
        Pattern.compile(pattern.toString()),
        variables,
        HttpCall.parseQuery(question < 0 ? null : uri.substring(question + 1)),
        required,
        info.hasStreamingInput());
  }

  /** How well a request fits, the higher the better; -1 if it is not this operation. */
  int fit(HttpCall call) {
    if (!method.equals(call.method()) || !path.matcher(call.path()).matches()) {
      return -1;
    }
    for (var literal : literals.entrySet()) {
      List<String> values = call.query().get(literal.getKey());
      if (values == null
          || !literal.getValue().equals(List.of("")) && !values.equals(literal.getValue())) {
        return -1;
      }
    }
    for (SdkField<?> field : required) {
      String name = field.locationName();
      boolean there =
          field.location() == MarshallLocation.HEADER
              ? call.header(name) != null
              : call.query().containsKey(name);
      if (!there) {
        return -1;
      }
    }
    return 1 + 10 * (literals.size() + required.size()) + 5 - Math.min(5, variables.size());
  }

  private static @Nullable OperationInfo binding(String base, String name) {
    try {
      Field field =
          Class.forName(base + ".transform." + name + "RequestMarshaller")
              .getDeclaredField("SDK_OPERATION_BINDING");
      field.setAccessible(true);
      return (OperationInfo) field.get(null);
    } catch (ClassNotFoundException | NoSuchFieldException e) {
      // Event streams and the like have no such marshaller; they are not called over plain HTTP.
      return null;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
