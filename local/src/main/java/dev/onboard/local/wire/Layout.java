package dev.onboard.local.wire;

import dev.onboard.local.wire.QueryDialect.Names;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/**
 * How lists and maps stand in forms and XML: as the SDK's model says, or as a dialect of Query
 * does.
 *
 * @param operation whose request or answer is laid out
 */
record Layout(@Nullable QueryDialect dialect, String operation) {
  /** As the model says. */
  static final Layout OF_THE_MODEL = new Layout(null, "");

  /** Whether the elements stand beside the other members, with nothing around them. */
  boolean isFlat(SdkField<?> field) {
    ListTrait list = field.getTrait(ListTrait.class);
    MapTrait map = field.getTrait(MapTrait.class);
    return names(field) != null
        || list != null && list.isFlattened()
        || map != null && map.isFlattened();
  }

  /** The name of a member; of a flat one, that of each of its elements. */
  String name(SdkField<?> field) {
    Names names = names(field);
    return names == null ? field.locationName() : names.element();
  }

  /** The name of an element of a list, or of an entry of a map, that is not flat. */
  String element(SdkField<?> field) {
    ListTrait list = field.getTrait(ListTrait.class);
    return list == null ? "entry" : Xml.memberName(list);
  }

  String key(SdkField<?> map) {
    Names names = names(map);
    return names == null ? Xml.keyName(map.getTrait(MapTrait.class)) : names.key();
  }

  String value(SdkField<?> map) {
    Names names = names(map);
    return names == null ? Xml.valueName(map.getTrait(MapTrait.class)) : names.value();
  }

  private @Nullable Names names(SdkField<?> field) {
    boolean many =
        field.getTrait(ListTrait.class) != null || field.getTrait(MapTrait.class) != null;
    return dialect == null || !many ? null : dialect.names(operation, field.locationName());
  }
}
