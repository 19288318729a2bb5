package dev.onboard.local.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.PayloadTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/** What REST-JSON and REST-XML share: members in path, query and headers. */
abstract class RestProtocol implements Protocol {

  /** Reads a structure out of a body that is not empty. */
  abstract void readStructure(SdkPojo builder, ByteArrayInputStream body) throws IOException;

  @Override
  public final void read(Operation operation, HttpCall call, SdkPojo builder) throws IOException {
    Matcher path = operation.path().matcher(call.path());
    boolean matches = path.matches();
    boolean implicit = false;
    for (SdkField<?> field : builder.sdkFields()) {
      Object value =
          switch (field.location()) {
            case PATH, GREEDY_PATH ->
                matches && operation.variables().contains(field.locationName())
                    ? HttpCall.decode(
                        path.group(operation.variables().indexOf(field.locationName()) + 1))
                    : null;
            case QUERY_PARAM -> parameter(field, call);
            case HEADER -> header(field, call);
            case PAYLOAD -> {
              if (field.getTrait(PayloadTrait.class) == null) {
                implicit = true;
                yield null;
              }
              yield operation.streamsInput() ? null : explicitPayload(field, call);
            }
            default -> null;
          };
      if (value != null) {
        field.set(builder, value);
      }
    }
    if (implicit) {
      byte[] body = call.body().readAllBytes();
      if (body.length > 0) {
        readStructure(builder, new ByteArrayInputStream(body));
      }
    }
  }

  private @Nullable Object explicitPayload(SdkField<?> field, HttpCall call) throws IOException {
    byte[] body = call.body().readAllBytes();
    if (field.marshallingType() == MarshallingType.SDK_POJO) {
      if (body.length == 0) {
        return null;
      }
      SdkPojo structure = field.constructor().get();
      readStructure(structure, new ByteArrayInputStream(body));
      return ((Buildable) structure).build();
    } else if (field.marshallingType() == MarshallingType.SDK_BYTES) {
      return SdkBytes.fromByteArrayUnsafe(body);
    }
    return new String(body, StandardCharsets.UTF_8);
  }

  private static @Nullable Object parameter(SdkField<?> field, HttpCall call) throws IOException {
    List<String> values = call.query().get(field.locationName());
    if (values == null) {
      return null;
    }
    if (field.marshallingType() == MarshallingType.LIST) {
      var list = new ArrayList<Object>();
      for (String value : values) {
        list.add(Scalars.parse(Pojos.member(field), value, false));
      }
      return list;
    }
    return Scalars.parse(field, values.getFirst(), false);
  }

  private static @Nullable Object header(SdkField<?> field, HttpCall call) throws IOException {
    String name = field.locationName().toLowerCase(Locale.ROOT);
    if (field.marshallingType() == MarshallingType.MAP) {
      var map = new LinkedHashMap<String, String>();
      call.headers()
          .forEach((header, values) -> {
            if (header.startsWith(name)) {
              map.put(header.substring(name.length()), String.join(",", values));
            }
          });
      return map.isEmpty() ? null : map;
    }
    List<String> values = call.headers().get(name);
    if (values == null) {
      return null;
    }
    if (field.marshallingType() == MarshallingType.LIST) {
      SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
      var list = new ArrayList<Object>();
      for (String value : String.join(",", values).split(",")) {
        list.add(Scalars.parse(member, value.strip(), false));
      }
      return list;
    }
    return Scalars.parse(field, values.getFirst(), false);
  }

  /** Puts the members that stand in headers where they belong. */
  static void putHeaders(SdkPojo response, Map<String, String> headers) {
    for (SdkField<?> field : response.sdkFields()) {
      Object value =
          field.location() == MarshallLocation.HEADER ? field.getValueOrDefault(response) : null;
      switch (value) {
        case null -> {}
        case SdkAutoConstructList<?> none -> {}
        case SdkAutoConstructMap<?, ?> none -> {}
        case Map<?, ?> map ->
            map.forEach((k, v) -> headers.put(field.locationName() + k, String.valueOf(v)));
        case List<?> list ->
            headers.put(
                field.locationName(),
                String.join(",", list.stream().map(String::valueOf).toList()));
        case Instant time -> headers.put(field.locationName(), Timestamps.http(field, time));
        default -> headers.put(field.locationName(), value.toString());
      }
    }
  }

  /** The status that a member of the answer holds, if there is such a member. */
  static int status(SdkPojo response, int otherwise) {
    for (SdkField<?> field : response.sdkFields()) {
      if (field.location() == MarshallLocation.STATUS_CODE
          && field.getValueOrDefault(response) instanceof Integer status) {
        return status;
      }
    }
    return otherwise;
  }

  static @Nullable SdkField<?> payloadField(SdkPojo response) {
    for (SdkField<?> field : response.sdkFields()) {
      if (field.getTrait(PayloadTrait.class) != null) {
        return field;
      }
    }
    return null;
  }
}
