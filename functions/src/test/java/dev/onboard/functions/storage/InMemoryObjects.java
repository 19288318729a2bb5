package dev.onboard.functions.storage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Objects in a map, by bucket and key. */
public final class InMemoryObjects implements Objects {

  public final Map<String, byte[]> objects = new TreeMap<>();

  @Override
  public Optional<Content> open(String bucket, String key, String version) {
    return Optional.ofNullable(objects.get(bucket + "/" + key))
        .map(bytes -> new Content(new ByteArrayInputStream(bytes), bytes.length));
  }

  @Override
  public ObjectUpload create(String bucket, String key, String contentType) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    return new ObjectUpload() {
      @Override
      public void write(int b) {
        bytes.write(b);
      }

      @Override
      public void write(byte[] from, int offset, int length) {
        bytes.write(from, offset, length);
      }

      @Override
      public void complete() {
        objects.put(bucket + "/" + key, bytes.toByteArray());
      }

      @Override
      public void close() {}
    };
  }
}
