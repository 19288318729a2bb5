package dev.onboard.console.imports;

import dev.onboard.console.web.FormParts;
import dev.onboard.console.web.FormParts.Part;
import dev.onboard.console.web.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A file that was uploaded.
 *
 * @param key in the upload bucket
 * @param version of the object; empty in a bucket without versions
 */
record Upload(String key, String version) {
  private static final String ENDING = ".csv";

  /** Uploads the files of a form, as the command line does it. */
  static List<Upload> of(Request request, S3Client s3, String bucket) throws IOException {
    var uploads = new ArrayList<Upload>();
    FormParts parts = FormParts.of(request);
    for (Part part = parts.next(); part != null; part = parts.next()) {
      String name = part.fileName();
      if (name != null && !name.isBlank()) {
        uploads.add(one(part, name, s3, bucket));
      }
    }
    return uploads;
  }

  /** S3 has to know beforehand how much there will be, which only a whole file tells. */
  private static Upload one(Part part, String name, S3Client s3, String bucket) throws IOException {
    String key = key(name);
    Path file = Files.createTempFile("upload", ENDING);
    try {
      Files.copy(part.body(), file, StandardCopyOption.REPLACE_EXISTING);
      String version =
          s3.putObject(
                  p -> p.bucket(bucket).key(key).contentType("text/csv"),
                  RequestBody.fromFile(file))
              .versionId();
      return new Upload(key, version == null ? "" : version);
    } finally {
      Files.delete(file);
    }
  }

  /** The rule takes what ends in .csv; a file of another name is a CSV file all the same here. */
  private static String key(String name) {
    String last = name.replaceFirst(".*[/\\\\]", "");
    return last.toLowerCase(Locale.ROOT).endsWith(ENDING) ? last : last + ENDING;
  }
}
