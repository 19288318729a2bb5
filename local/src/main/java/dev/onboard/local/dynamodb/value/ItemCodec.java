package dev.onboard.local.dynamodb.value;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Items as bytes: attributes in their order, each a name, a tag for its type and its value; lengths
 * and counts are of variable length.
 */
public final class ItemCodec {
  // The tags are in stored data: new ones may be added, none changed.
  private static final int S = 1;
  private static final int N = 2;
  private static final int B = 3;
  private static final int FALSE = 4;
  private static final int TRUE = 5;
  private static final int NULL = 6;
  private static final int SS = 7;
  private static final int NS = 8;
  private static final int BS = 9;
  private static final int L = 10;
  private static final int M = 11;

  private ItemCodec() {}

  public static byte[] encode(Map<String, AttributeValue> item) {
    var writer = new Writer();
    writer.map(item);
    return writer.bytes();
  }

  public static Map<String, AttributeValue> decode(byte[] bytes) {
    return new Reader(bytes).map();
  }

  /** A growing array of bytes. */
  private static final class Writer {
    private byte[] bytes = new byte[512];
    private int length;

    byte[] bytes() {
      return Arrays.copyOf(bytes, length);
    }

    void map(Map<String, AttributeValue> map) {
      count(map.size());
      map.forEach((name, value) -> {
        text(name);
        value(value);
      });
    }

    private void value(AttributeValue value) {
      switch (value.type()) {
        case S -> {
          tag(S);
          text(value.s());
        }
        case N -> {
          tag(N);
          text(value.n());
        }
        case B -> {
          tag(B);
          binary(value.b());
        }
        case BOOL -> tag(value.bool() ? TRUE : FALSE);
        case NUL -> tag(NULL);
        case SS -> texts(SS, value.ss());
        case NS -> texts(NS, value.ns());
        case BS -> {
          tag(BS);
          count(value.bs().size());
          value.bs().forEach(this::binary);
        }
        case L -> {
          tag(L);
          count(value.l().size());
          value.l().forEach(this::value);
        }
        case M -> {
          tag(M);
          map(value.m());
        }
        case UNKNOWN_TO_SDK_VERSION ->
            throw new IllegalArgumentException("value must have been checked: " + value);
      }
    }

    private void texts(int tag, List<String> texts) {
      tag(tag);
      count(texts.size());
      texts.forEach(this::text);
    }

    private void tag(int tag) {
      room(1);
      bytes[length++] = (byte) tag;
    }

    private void count(int count) {
      room(5);
      int rest = count;
      while (rest > 0x7f) {
        bytes[length++] = (byte) (rest & 0x7f | 0x80);
        rest >>>= 7;
      }
      bytes[length++] = (byte) rest;
    }

    private void text(String text) {
      raw(text.getBytes(StandardCharsets.UTF_8));
    }

    private void binary(SdkBytes value) {
      raw(value.asByteArrayUnsafe());
    }

    private void raw(byte[] value) {
      count(value.length);
      room(value.length);
      System.arraycopy(value, 0, bytes, length, value.length);
      length += value.length;
    }

    private void room(int more) {
      if (length + more > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
      }
    }
  }

  /** A place in an array of bytes. */
  private static final class Reader {
    private final byte[] bytes;
    private int at;

    Reader(byte[] bytes) {
      this.bytes = bytes;
    }

    Map<String, AttributeValue> map() {
      int count = count();
      var map = LinkedHashMap.<String, AttributeValue>newLinkedHashMap(count);
      for (int i = 0; i < count; i++) {
        String name = text();
        map.put(name, value());
      }
      return map;
    }

    private AttributeValue value() {
      int tag = bytes[at++];
      return switch (tag) {
        case S -> AttributeValue.fromS(text());
        case N -> AttributeValue.fromN(text());
        case B -> AttributeValue.fromB(binary());
        case FALSE -> AttributeValue.fromBool(false);
        case TRUE -> AttributeValue.fromBool(true);
        case NULL -> AttributeValue.fromNul(true);
        case SS -> AttributeValue.fromSs(texts());
        case NS -> AttributeValue.fromNs(texts());
        case BS -> {
          int count = count();
          var elements = new ArrayList<SdkBytes>(count);
          for (int i = 0; i < count; i++) {
            elements.add(binary());
          }
          yield AttributeValue.fromBs(elements);
        }
        case L -> {
          int count = count();
          var elements = new ArrayList<AttributeValue>(count);
          for (int i = 0; i < count; i++) {
            elements.add(value());
          }
          yield AttributeValue.fromL(elements);
        }
        case M -> AttributeValue.fromM(map());
        default -> throw new IllegalStateException("no attribute type has the tag " + tag);
      };
    }

    private List<String> texts() {
      int count = count();
      var elements = new ArrayList<String>(count);
      for (int i = 0; i < count; i++) {
        elements.add(text());
      }
      return elements;
    }

    private int count() {
      int count = 0;
      for (int shift = 0; ; shift += 7) {
        byte b = bytes[at++];
        count |= (b & 0x7f) << shift;
        if (b >= 0) {
          return count;
        }
      }
    }

    private String text() {
      int length = count();
      String text = new String(bytes, at, length, StandardCharsets.UTF_8);
      at += length;
      return text;
    }

    private SdkBytes binary() {
      int length = count();
      byte[] value = Arrays.copyOfRange(bytes, at, at + length);
      at += length;
      return SdkBytes.fromByteArrayUnsafe(value);
    }
  }
}
