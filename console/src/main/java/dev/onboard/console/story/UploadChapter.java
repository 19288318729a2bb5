package dev.onboard.console.story;

import dev.onboard.console.stack.ImportItem;
import dev.onboard.console.trail.AcceptedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The upload of an import's file, and the events that S3 told of it. */
final class UploadChapter {
  private static final int NOT_FOUND = 404;

  private final Sources sources;
  private final EventSteps events;

  UploadChapter(Sources sources, EventSteps events) {
    this.sources = sources;
    this.events = events;
  }

  void tell(ImportItem item, Draft draft) {
    List<AcceptedEvent> known = new ArrayList<>();
    // The import's correlation is the id of the copy that started it.
    for (AcceptedEvent copy : sources.event(item.correlationId())) {
      String original = copy.forwardedFrom();
      if (original != null) {
        sources.event(original).stream().filter(e -> e.id().equals(original)).forEach(known::add);
      }
      known.add(copy);
    }
    HeadObjectResponse object = object(item);
    Instant uploaded =
        !known.isEmpty() ? known.getFirst().at() : object == null ? null : object.lastModified();
    draft.add(upload(item, object).at(uploaded));
    draft.milestone("uploaded", uploaded);
    known.forEach(e -> draft.add(events.step(e)));
    if (known.isEmpty()) {
      draft.unknown(
          "The event of the upload is not known"
              + sources
                  .trailBegins()
                  .map(t -> ": what is known of events goes back to " + t + ".")
                  .orElse(" any more."));
    }
  }

  private Step.Builder upload(ImportItem item, @Nullable HeadObjectResponse object) {
    Step.Builder step =
        Step.of(
                "S3",
                name(item) + " was uploaded" + (object == null ? "" : size(object.contentLength())))
            .detail("s3://" + item.bucket() + "/" + item.key() + version(item))
            .link(Reference.to("import of " + name(item), "imports", item.importId()))
            .command(
                ShownBy.aws(
                    "s3api",
                    "head-object",
                    "--bucket",
                    item.bucket(),
                    "--key",
                    item.key(),
                    "--version-id",
                    item.version()));
    if (object == null) {
      step.detail("the file itself is gone; uploads are kept for a day");
    }
    return step;
  }

  private static String size(Long bytes) {
    return String.format(Locale.ROOT, ", %,d bytes", bytes);
  }

  private static String version(ImportItem item) {
    return item.version().isEmpty() ? "" : ", version " + item.version();
  }

  /** The name of an import's file, without folders. */
  static String name(ImportItem item) {
    return item.key().substring(item.key().lastIndexOf('/') + 1);
  }

  private @Nullable HeadObjectResponse object(ImportItem item) {
    try {
      return sources
          .client(S3Client.class)
          .headObject(h ->
              h.bucket(item.bucket())
                  .key(item.key())
                  .versionId(item.version().isEmpty() ? null : item.version()));
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return null;
      }
      throw e;
    }
  }
}
