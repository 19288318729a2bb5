package dev.onboard.local.dynamodb.value;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Key values as bytes whose order is DynamoDB's order of the values. */
public final class KeyCodec {
  /** What stands for the sort key where there is none; a key is never empty. */
  private static final byte[] NONE = {0};

  private KeyCodec() {}

  /** The bytes of a checked value of type S, N or B. */
  public static byte[] encode(AttributeValue value) {
    return switch (value.type()) {
      case S -> Values.utf8(value.s());
      case N -> Num.sortable(value.n());
      case B -> value.b().asByteArrayUnsafe();
      default -> throw new IllegalArgumentException("no key of type " + value.type());
    };
  }

  public static byte[] none() {
    return NONE;
  }

  /** The smallest bytes larger than all that begin with a prefix; null if there are none. */
  public static byte @Nullable [] afterPrefix(byte[] prefix) {
    int last = prefix.length - 1;
    while (last >= 0 && prefix[last] == (byte) 0xff) {
      last--;
    }
    if (last < 0) {
      return null;
    }
    byte[] after = Arrays.copyOf(prefix, last + 1);
    after[last]++;
    return after;
  }
}
