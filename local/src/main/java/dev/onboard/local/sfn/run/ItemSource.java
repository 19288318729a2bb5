package dev.onboard.local.sfn.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The items of a distributed map, one by one. */
interface ItemSource extends AutoCloseable {
  /** The next item, or {@code null} if there are no more. */
  @Nullable JsonNode next() throws IOException;

  @Override
  default void close() throws IOException {}

  /** These items, and no more than a number of them. */
  default ItemSource limited(long most) {
    ItemSource all = this;
    return new ItemSource() {
      private long given;

      @Override
      public @Nullable JsonNode next() throws IOException {
        return given++ < most ? all.next() : null;
      }

      @Override
      public void close() throws IOException {
        all.close();
      }
    };
  }
}
