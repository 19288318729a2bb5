package dev.onboard.local.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.PayloadTrait;
import software.amazon.awssdk.core.traits.XmlAttributeTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/** SDK model objects as XML, driven by the SDK's own field metadata. */
final class Xml {
  private static final XMLInputFactory READERS = XMLInputFactory.newFactory();

  static {
    READERS.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    READERS.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    READERS.setProperty(XMLInputFactory.IS_COALESCING, true);
  }

  private Xml() {}

  static String memberName(ListTrait trait) {
    return trait.memberLocationName() == null ? "member" : trait.memberLocationName();
  }

  static String keyName(MapTrait trait) {
    return trait.keyLocationName() == null ? "key" : trait.keyLocationName();
  }

  static String valueName(MapTrait trait) {
    return trait.valueLocationName() == null ? "value" : trait.valueLocationName();
  }

  /** Sets the members of a builder from the element that is the whole document. */
  static void read(SdkPojo builder, InputStream body) throws IOException {
    try {
      XMLStreamReader reader = READERS.createXMLStreamReader(body);
      reader.nextTag();
      fill(builder, Element.read(reader));
    } catch (XMLStreamException e) {
      throw new IOException("the body must be well-formed XML", e);
    }
  }

  private static void fill(SdkPojo builder, Element element) throws IOException {
    for (SdkField<?> field : builder.sdkFields()) {
      if (field.location() != MarshallLocation.PAYLOAD) {
        continue;
      }
      Object value;
      if (field.getTrait(XmlAttributeTrait.class) != null) {
        value = element.attributes.get(localName(field.locationName()));
      } else {
        List<Element> found = element.children(field.locationName());
        value = found.isEmpty() ? null : value(field, found);
      }
      if (value != null) {
        field.set(builder, value);
      }
    }
  }

  private static @Nullable Object value(SdkField<?> field, List<Element> elements)
      throws IOException {
    MarshallingType<?> type = field.marshallingType();
    Element first = elements.getFirst();
    if (type == MarshallingType.LIST) {
      ListTrait trait = field.getTrait(ListTrait.class);
      var list = new ArrayList<@Nullable Object>();
      for (Element e : trait.isFlattened() ? elements : first.children(memberName(trait))) {
        list.add(value(trait.memberFieldInfo(), List.of(e)));
      }
      return list;
    } else if (type == MarshallingType.MAP) {
      MapTrait trait = field.getTrait(MapTrait.class);
      var map = new LinkedHashMap<String, @Nullable Object>();
      for (Element e : trait.isFlattened() ? elements : first.children("entry")) {
        map.put(
            e.children(keyName(trait)).getFirst().text.toString(),
            value(trait.valueFieldInfo(), e.children(valueName(trait))));
      }
      return map;
    } else if (type == MarshallingType.SDK_POJO) {
      SdkPojo builder = field.constructor().get();
      fill(builder, first);
      return ((Buildable) builder).build();
    }
    return Scalars.parse(field, first.text.toString(), false);
  }

  private static String localName(String name) {
    return name.substring(name.indexOf(':') + 1);
  }

  /** A parsed element. */
  private static final class Element {
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final Map<String, List<Element>> children = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder();

    static Element read(XMLStreamReader reader) throws XMLStreamException {
      var element = new Element();
      for (int i = 0; i < reader.getAttributeCount(); i++) {
        element.attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
      }
      while (reader.next() != XMLStreamConstants.END_ELEMENT) {
        switch (reader.getEventType()) {
          case XMLStreamConstants.START_ELEMENT -> {
            String name = reader.getLocalName();
            element.children.computeIfAbsent(name, n -> new ArrayList<>()).add(read(reader));
          }
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
              element.text.append(reader.getText());
          default -> {}
        }
      }
      return element;
    }

    List<Element> children(String name) {
      return children.getOrDefault(name, List.of());
    }
  }

  /** Writes a document. */
  static final class Writer {
    private final Layout layout;
    private final StringBuilder out =
        new StringBuilder(512).append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

    Writer() {
      this(Layout.OF_THE_MODEL);
    }

    Writer(Layout layout) {
      this.layout = layout;
    }

    Writer open(String name) {
      out.append('<').append(name).append('>');
      return this;
    }

    Writer open(String name, String namespace) {
      out.append('<').append(name).append(" xmlns=\"").append(namespace).append("\">");
      return this;
    }

    Writer close(String name) {
      out.append("</").append(localName(name)).append('>');
      return this;
    }

    Writer element(String name, String text) {
      return open(name).text(text).close(name);
    }

    Writer text(String text) {
      escape(text);
      return this;
    }

    byte[] bytes() {
      return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The payload members of an object, without an element around them. */
    Writer members(SdkPojo pojo) {
      for (SdkField<?> field : pojo.sdkFields()) {
        Object value = field.getValueOrDefault(pojo);
        if (value == null
            || value instanceof SdkAutoConstructList
            || value instanceof SdkAutoConstructMap
            || field.location() != MarshallLocation.PAYLOAD
            || field.getTrait(PayloadTrait.class) != null
            || field.getTrait(XmlAttributeTrait.class) != null) {
          continue;
        }
        value(field, layout.name(field), value);
      }
      return this;
    }

    private void value(SdkField<?> field, String name, @Nullable Object value) {
      switch (value) {
        case null -> out.append('<').append(name).append("/>");
        case List<?> list -> {
          SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
          if (layout.isFlat(field)) {
            list.forEach(e -> value(member, name, e));
          } else {
            open(name);
            list.forEach(e -> value(member, layout.element(field), e));
            close(name);
          }
        }
        case Map<?, ?> map -> {
          SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
          boolean flat = layout.isFlat(field);
          if (!flat) {
            open(name);
          }
          String entry = flat ? name : layout.element(field);
          map.forEach((k, v) -> {
            open(entry).element(layout.key(field), k.toString());
            value(member, layout.value(field), v);
            close(entry);
          });
          if (!flat) {
            close(name);
          }
        }
        case SdkPojo pojo -> {
          openWithAttributes(name, pojo);
          members(pojo);
          close(name);
        }
        case Instant time -> element(name, Timestamps.iso(field, time));
        case SdkBytes bytes ->
            element(name, Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe()));
        default -> element(name, value.toString());
      }
    }

    private void openWithAttributes(String name, SdkPojo pojo) {
      out.append('<').append(name);
      for (SdkField<?> field : pojo.sdkFields()) {
        Object value = field.getValueOrDefault(pojo);
        if (field.getTrait(XmlAttributeTrait.class) != null && value != null) {
          // The only attribute of the models here is the xsi:type of an S3 grantee.
          out.append(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" ")
              .append(field.locationName())
              .append("=\"");
          escape(value.toString());
          out.append('"');
        }
      }
      out.append('>');
    }

    private void escape(String text) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        switch (c) {
          case '<' -> out.append("&lt;");
          case '>' -> out.append("&gt;");
          case '&' -> out.append("&amp;");
          case '"' -> out.append("&quot;");
          case '\r' -> out.append("&#13;");
          default -> {
            if (c >= ' ' || c == '\n' || c == '\t') {
              out.append(c);
            } else {
              out.append("&#").append((int) c).append(';');
            }
          }
        }
      }
    }
  }
}
