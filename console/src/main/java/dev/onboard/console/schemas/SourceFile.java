package dev.onboard.console.schemas;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A file of generated Java. */
public record SourceFile(String path, String text) {

  /** The files in a ZIP, in its order. */
  static List<SourceFile> in(byte[] zip) {
    var files = new ArrayList<SourceFile>();
    try (var entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        if (!entry.isDirectory()) {
          String text = new String(entries.readAllBytes(), StandardCharsets.UTF_8);
          files.add(new SourceFile(entry.getName(), text));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** The name of the file without its folders. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
