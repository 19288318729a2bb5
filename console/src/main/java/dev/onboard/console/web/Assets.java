package dev.onboard.console.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Style sheets, scripts and pictures: our own and htmx.
 *
 * <p>Their addresses hold a hash of all of them together, so that browsers keep them for good and
 * scripts may import each other by name.
 */
final class Assets {
  static final String PATH = "static";

  private static final String FOLDER = "/dev/onboard/console/static";
  private static final String HTMX = "/META-INF/resources/webjars/htmx.org/";
  private static final Map<String, String> TYPES =
      Map.of(
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private final Map<String, byte[]> files;
  private final String version;

  private Assets(Map<String, byte[]> files) {
    this.files = files;
    this.version = hash(files);
  }

  static Assets load() {
    var files = new TreeMap<String, byte[]>();
    each(FOLDER, file -> files.put(name(file), Files.readAllBytes(file)));
    each(
        HTMX,
        folder ->
            files.put(
                "htmx.js", Files.readAllBytes(folder.resolve("dist").resolve("htmx.min.js"))));
    return new Assets(files);
  }

  /** The address of a file. */
  String href(String name) {
    if (!files.containsKey(name)) {
      throw new IllegalArgumentException("there is no " + FOLDER + "/" + name);
    }
    return Url.path(PATH, version, name);
  }

  /** A file; of another version it is the same one, but nobody may keep it. */
  Answer get(Request request) {
    String name = request.variable("name");
    byte[] file = files.get(name);
    if (file == null) {
      throw Refusal.notFound("There is no file " + name + ".");
    }
    boolean isThisVersion = request.variable("version").equals(version);
    String tag = "\"" + version + "\"";
    Map<String, String> headers =
        Map.of(
            "Content-Type",
            TYPES.getOrDefault(ending(name), "application/octet-stream"),
            "Cache-Control",
            isThisVersion ? "public, max-age=31536000, immutable" : "no-cache",
            "ETag",
            tag);
    return tag.equals(request.header("If-None-Match"))
        ? new Document(304, headers, new byte[0])
        : new Document(200, headers, file);
  }

  private static String ending(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName()).replace("/", "");
  }

  private static String hash(Map<String, byte[]> files) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      files.forEach((name, content) -> {
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update(content);
      });
      return HexFormat.of().formatHex(digest.digest(), 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Visit {
    void path(Path path) throws IOException;
  }

  /** Visits what is in a folder of the class path, whether that is in a jar or not. */
  private static void each(String folder, Visit visit) {
    URL url = Assets.class.getResource(folder);
    if (url == null) {
      throw new IllegalStateException(folder + " is not on the class path");
    }
    try {
      URI uri = url.toURI();
      if (uri.getScheme().equals("jar")) {
        String jar = uri.toString().substring("jar:".length(), uri.toString().indexOf("!/"));
        try (FileSystem files =
            FileSystems.newFileSystem(Path.of(URI.create(jar)), (@Nullable ClassLoader) null)) {
          each(files.getPath(folder), visit);
        }
      } else {
        each(Path.of(uri), visit);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void each(Path folder, Visit visit) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      for (Path path : (Iterable<Path>) found::iterator) {
        visit.path(path);
      }
    }
  }
}
