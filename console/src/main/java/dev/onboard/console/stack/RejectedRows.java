package dev.onboard.console.stack;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
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
public final class RejectedRows {
  private static final String S3 = "s3://";

  private final S3Client s3;

  public RejectedRows(S3Client s3) {
    this.s3 = s3;
  }

  /** A row that was rejected, and why. */
  public record Rejected(int row, String reason) {}

  /** Why a row of an import was rejected, if its report says so. */
  public Optional<String> reason(ImportItem item, int row) {
    return read(item, r -> r.row == row, 1).stream().map(Rejected::reason).findFirst();
  }

  /** The first rejected rows of an import; none if it has no report, or that is gone. */
  public List<Rejected> first(ImportItem item, int atMost) {
    return read(item, _ -> true, atMost);
  }

  private static Rejected rejected(CsvRecord record) {
    int fields = record.getFieldCount();
    return new Rejected(Integer.parseInt(record.getField(fields - 2)), record.getField(fields - 1));
  }

  /** Where a report is. */
  private record Place(String bucket, String key) {}

  private static Optional<Place> place(ImportItem item) {
    String report = item.rejectedReport();
    if (report == null || !report.startsWith(S3)) {
      return Optional.empty();
    }
    int slash = report.indexOf('/', S3.length());
    return Optional.of(
        new Place(report.substring(S3.length(), slash), report.substring(slash + 1)));
  }

  /** Whether an import has a report that is still there. */
  public boolean hasReport(ImportItem item) {
    return place(item).map(this::isThere).orElse(false);
  }

  private boolean isThere(Place place) {
    try {
      s3.headObject(h -> h.bucket(place.bucket).key(place.key));
      return true;
    } catch (NoSuchKeyException e) {
      return false;
    }
  }

  /** The report of an import from its beginning; none if it has none, or that is gone. */
  public Optional<InputStream> open(ImportItem item) {
    try {
      return place(item).map(p -> s3.getObject(g -> g.bucket(p.bucket).key(p.key)));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    }
  }

  private List<Rejected> read(ImportItem item, Predicate<Rejected> wanted, int atMost) {
    InputStream report = open(item).orElse(null);
    if (report == null) {
      return List.of();
    }
    var found = new ArrayList<Rejected>();
    try (Reader text = new InputStreamReader(report, StandardCharsets.UTF_8);
        CsvReader<CsvRecord> rows = CsvReader.builder().ofCsvRecord(text)) {
      rows.stream()
          .skip(1)
          .map(RejectedRows::rejected)
          .filter(wanted)
          .limit(atMost)
          .forEach(found::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }
}
