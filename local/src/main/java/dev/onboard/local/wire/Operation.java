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
 * <p>What the fields of its request tell is looked up when a request may be meant for it: it
 * initialises the request's class, and of a hundred operations few are ever called.
 */
final class Operation {
  private static final Pattern VARIABLE = Pattern.compile("\\{([\\w-]+)(\\+?)}");

  private final String name;
  private final Class<?> request;
  private final String method;
  private final String uri;
  private final Map<String, List<String>> literals;
  private final boolean streamsInput;
  private volatile @Nullable Shape shape;

  /**
   * What the fields tell.
   *
   * @param path the pattern of the path, with a group for each variable
   * @param variables the names of the variables
   * @param required query parameters and headers that it cannot be without
   */
  private record Shape(Pattern path, List<String> variables, List<SdkField<?>> required) {}

  private Operation(String name, Class<?> request, OperationInfo info) {
    this.name = name;
    this.request = request;
    this.method = info.httpMethod().name();
    String whole = info.requestUri();
    int question = whole.indexOf('?');
    this.uri = question < 0 ? whole : whole.substring(0, question);
    this.literals = HttpCall.parseQuery(question < 0 ? null : whole.substring(question + 1));
    this.streamsInput = info.hasStreamingInput();
  }

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
    try {
      String request = base + ".model." + name + "Request";
      return new Operation(
          name, Class.forName(request, false, Operation.class.getClassLoader()), info);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Its name as the API spells it. */
  String name() {
    return name;
  }

  /** The class of its request. */
  Class<?> request() {
    return request;
  }

  /** The pattern of its path, with a group for each variable. */
  Pattern path() {
    return shape().path;
  }

  /** The names of the variables in its path. */
  List<String> variables() {
    return shape().variables;
  }

  /** Query parameters that tell it from its neighbours, such as {@code uploads}. */
  Map<String, List<String>> literals() {
    return literals;
  }

  /** Whether its body is handed over as a stream. */
  boolean streamsInput() {
    return streamsInput;
  }

  private Shape shape() {
    Shape known = shape;
    if (known == null) {
      known = read();
      shape = known;
    }
    return known;
  }

  private Shape read() {
    SdkPojo builder = Pojos.builder(request);
    String path = uri;
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
    return new Shape(Pattern.compile(pattern.toString()), variables, required);
  }

  /** How well a request fits, the higher the better; -1 if it is not this operation. */
  int fit(HttpCall call) {
    if (!method.equals(call.method())) {
      return -1;
    }
    for (var literal : literals.entrySet()) {
      List<String> values = call.query().get(literal.getKey());
      if (values == null
          || !literal.getValue().equals(List.of("")) && !values.equals(literal.getValue())) {
        return -1;
      }
    }
    Shape looked = shape();
    if (!looked.path.matcher(call.path()).matches()) {
      return -1;
    }
    for (SdkField<?> field : looked.required) {
      String name = field.locationName();
      boolean there =
          field.location() == MarshallLocation.HEADER
              ? call.header(name) != null
              : call.query().containsKey(name);
      if (!there) {
        return -1;
      }
    }
    return 1
        + 10 * (literals.size() + looked.required.size())
        + 5
        - Math.min(5, looked.variables.size());
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
