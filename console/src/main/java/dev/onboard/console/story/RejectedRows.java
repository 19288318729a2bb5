package dev.onboard.console.story;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.onboard.console.stack.ImportItem;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** The reports of rejected rows: the file's own columns, then {@code row} and {@code error}. */
final class RejectedRows {
  private static final String S3 = "s3://";

  private final Sources sources;

  RejectedRows(Sources sources) {
    this.sources = sources;
  }

  /** A row that was rejected, and why. */
  record Rejected(int row, String reason) {}

  /** Why a row of an import was rejected, if its report says so. */
  Optional<String> reason(ImportItem item, int row) {
    return read(item, r -> r.row == row, 1).stream().map(Rejected::reason).findFirst();
  }

  /** The first rejected rows of an import; none if it has no report, or that is gone. */
  List<Rejected> first(ImportItem item, int atMost) {
    return read(item, _ -> true, atMost);
  }

  private static Rejected rejected(CsvRecord record) {
    int fields = record.getFieldCount();
    return new Rejected(Integer.parseInt(record.getField(fields - 2)), record.getField(fields - 1));
  }

  private List<Rejected> read(ImportItem item, Predicate<Rejected> wanted, int atMost) {
    String report = item.rejectedReport();
    if (report == null || !report.startsWith(S3)) {
      return List.of();
    }
    int slash = report.indexOf('/', S3.length());
    String bucket = report.substring(S3.length(), slash);
    String key = report.substring(slash + 1);
    var found = new ArrayList<Rejected>();
    try (Reader text =
            new InputStreamReader(
                sources.client(S3Client.class).getObject(g -> g.bucket(bucket).key(key)),
                StandardCharsets.UTF_8);
        CsvReader<CsvRecord> rows = CsvReader.builder().ofCsvRecord(text)) {
      rows.stream()
          .skip(1)
          .map(RejectedRows::rejected)
          .filter(wanted)
          .limit(atMost)
          .forEach(found::add);
    } catch (NoSuchKeyException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }
}
