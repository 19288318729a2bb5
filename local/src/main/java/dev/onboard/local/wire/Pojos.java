package dev.onboard.local.wire;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;

/** What the SDK's generated classes say of themselves, looked up once a class. */
final class Pojos {
  private static final Map<Class<?>, Map<String, SdkField<?>>> FIELDS = new ConcurrentHashMap<>();

  private Pojos() {}

  /** A new builder of a model class. */
  static SdkPojo builder(Class<?> type) {
    try {
      return (SdkPojo) type.getMethod("builder").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(type + " must be a class of the SDK's model", e);
    }
  }

  /** The fields of an object by their name on the wire. */
  static Map<String, SdkField<?>> fields(SdkPojo pojo) {
    return FIELDS.computeIfAbsent(
        pojo.getClass(),
        c -> {
          var fields = new HashMap<String, SdkField<?>>();
          pojo.sdkFields().forEach(f -> fields.put(f.locationName(), f));
          return fields;
        });
  }

  /** The element of a list field. */
  static SdkField<?> member(SdkField<?> list) {
    return list.getTrait(ListTrait.class).memberFieldInfo();
  }
}
