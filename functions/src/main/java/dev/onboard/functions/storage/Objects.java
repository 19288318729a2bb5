package dev.onboard.functions.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Objects in buckets. */
public interface Objects {

  /**
   * An object that is being read; closing it before its end gives the rest up.
   *
   * @param bytes its length
   */
  record Content(InputStream stream, long bytes) implements AutoCloseable {

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }

  /**
   * Opens an object.
   *
   * @param version an empty string for the newest one
   * @return empty if there is no such object or version
   */
  Optional<Content> open(String bucket, String key, String version);

  /** Starts an object that exists once it is {@linkplain ObjectUpload#complete() complete}. */
  ObjectUpload create(String bucket, String key, String contentType);
}
