package dev.onboard.local.eventbridge;

import dev.onboard.local.call.Call;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** PutEvents. */
final class Intake {
  private static final int TIME_BYTES = 14;

  private final Environment env;
  private final Names names;
  private final Router router;
  private final Telemetry telemetry;

  Intake(Environment env, Names names, Router router, Telemetry telemetry) {
    this.env = env;
    this.names = names;
    this.router = router;
    this.telemetry = telemetry;
  }

  PutEventsResponse put(PutEventsRequest request) {
    boolean service = Call.current().caller() instanceof Principal.Service;
    check(request, service);
    Instant now = env.clock().now().truncatedTo(ChronoUnit.MILLIS);
    var results = new ArrayList<PutEventsResultEntry>(request.entries().size());
    var plans = new ArrayList<Router.Plan>(request.entries().size());
    int failed = 0;
    for (PutEventsRequestEntry entry : request.entries()) {
      String detail = entry.detail() == null ? null : Details.object(entry.detail());
      PutEventsResultEntry refusal = refusal(entry, detail, service);
      if (refusal != null) {
        results.add(refusal);
        telemetry.refused(entry, refusal);
        failed++;
        continue;
      }
      BusEvent event = event(entry, detail, now);
      results.add(PutEventsResultEntry.builder().eventId(event.id()).build());
      plans.add(router.plan(event));
    }
    if (!plans.isEmpty()) {
      router.accept(plans);
    }
    return PutEventsResponse.builder().failedEntryCount(failed).entries(results).build();
  }

  private BusEvent event(PutEventsRequestEntry entry, @Nullable String detail, Instant now) {
    long seq = router.nextNumber();
    String id = BusEvent.id(seq);
    Instant time = entry.time() == null ? now : entry.time();
    String json =
        BusEvent.json(
            id,
            entry.detailType(),
            entry.source(),
            env.account(),
            time,
            env.region(),
            entry.resources(),
            detail == null ? "{}" : detail);
    return new BusEvent(seq, id, names.bus(entry.eventBusName()), time, now, 0, json);
  }

  /** What a service of AWS publishes does not come by PutEvents, whose limits are its users'. */
  private static void check(PutEventsRequest request, boolean service) {
    if (request.endpointId() != null) {
      throw EventErrors.unsupported("PutEvents", "EndpointId (global endpoints)");
    }
    List<PutEventsRequestEntry> entries = request.entries();
    if (entries.isEmpty() || entries.size() > Limits.ENTRIES && !service) {
      new Constraints()
          .size("entries", entries.stream().map(Intake::spelt).toList(), 1, Limits.ENTRIES)
          .check();
    }
    var constraints = new Constraints();
    for (int i = 0; i < entries.size(); i++) {
      String bus = entries.get(i).eventBusName();
      String path = "entries." + (i + 1) + ".member.eventBusName";
      constraints.pattern(path, bus, Constraints.BUS_NAME_OR_ARN).length(path, bus, 1, 1600);
      if (entries.get(i).traceHeader() != null) {
        throw EventErrors.unsupported("PutEvents", "TraceHeader");
      }
    }
    constraints.check();
    LongStream bytes = entries.stream().mapToLong(Intake::bytes);
    if ((service ? bytes.max().orElse(0) : bytes.sum()) > Limits.REQUEST_BYTES) {
      throw EventErrors.validation("Total size of the entries in the request is over the limit.");
    }
  }

  private static @Nullable PutEventsResultEntry refusal(
      PutEventsRequestEntry entry, @Nullable String detail, boolean service) {
    if (isEmpty(entry.source())) {
      return missing("Source");
    }
    if (isEmpty(entry.detailType())) {
      return missing("DetailType");
    }
    if (isEmpty(entry.detail())) {
      return missing("Detail");
    }
    if (!service && entry.source().startsWith("aws.")) {
      return refusal("NotAuthorizedForSourceException", "Not authorized for the source.");
    }
    return detail == null ? refusal("MalformedDetail", "Detail is malformed.") : null;
  }

  private static PutEventsResultEntry missing(String parameter) {
    return refusal(
        "InvalidArgument",
        "Parameter "
            + parameter
            + " is not valid. Reason: "
            + parameter
            + " is a required argument.");
  }

  private static PutEventsResultEntry refusal(String code, String message) {
    return PutEventsResultEntry.builder().errorCode(code).errorMessage(message).build();
  }

  /** The size of an entry as AWS counts it. */
  static long bytes(PutEventsRequestEntry entry) {
    long bytes = entry.time() == null ? 0 : TIME_BYTES;
    bytes += bytes(entry.source()) + bytes(entry.detailType()) + bytes(entry.detail());
    for (String resource : entry.resources()) {
      bytes += bytes(resource);
    }
    return bytes;
  }

  private static long bytes(@Nullable String text) {
    return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static boolean isEmpty(@Nullable String text) {
    return text == null || text.isEmpty();
  }

  /** An entry as AWS spells it in its message. */
  private static String spelt(PutEventsRequestEntry entry) {
    return "PutEventsRequestEntry(time="
        + entry.time()
        + ", source="
        + entry.source()
        + ", resources="
        + (entry.hasResources() ? entry.resources() : null)
        + ", detailType="
        + entry.detailType()
        + ", detail="
        + entry.detail()
        + ", eventBusName="
        + entry.eventBusName()
        + ", traceHeader="
        + entry.traceHeader()
        + ", kmsKeyIdentifier=null, internalMetadata=null)";
  }
}
