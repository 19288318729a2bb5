package dev.onboard.local.dynamodb;

import java.util.Arrays;

/** The key of an item, in the bytes by which items are ordered. */
final class Key {
  private final byte[] partition;
  private final byte[] sort;

  Key(byte[] partition, byte[] sort) {
    this.partition = partition;
    this.sort = sort;
  }

  byte[] partition() {
    return partition;
  }

  byte[] sort() {
    return sort;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Key key
        && Arrays.equals(partition, key.partition)
        && Arrays.equals(sort, key.sort);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(partition) + Arrays.hashCode(sort);
  }
}
