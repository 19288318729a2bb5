package dev.onboard.local.wire;

import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Call;
import dev.onboard.local.call.Principal;
import dev.onboard.local.call.RequestIds;
import dev.onboard.local.call.Service;
import dev.onboard.local.call.Services;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * The way from an HTTP request to a call of a service and back.
 *
 * <p>The service comes from the signature, the protocol from the request's own shape, the operation
 * from what that protocol names it by.
 */
public final class Wire {
  private static final Logger LOG = LoggerFactory.getLogger(Wire.class);

  /** Services that are not here and whose clients understand only an error in XML. */
  private static final Set<String> REST_XML_ELSEWHERE = Set.of("route53", "cloudfront");

  private static final XmlAnswers NO_ANSWERS =
      new XmlAnswers(
          Map.of(),
          Set.of(),
          Set.of(),
          Set.of(),
          Set.of(),
          Set.of(),
          _ -> Map.of(),
          (_, _) -> Map.of());

  private final Services services;
  private final Map<String, QueryDialect> dialects;
  private final Map<String, XmlAnswers> xmlAnswers;
  private final Map<String, ServiceWire> wires = new ConcurrentHashMap<>();

  /**
   * The protocols in front of services.
   *
   * @param dialects of the services that spoke Query before they spoke JSON, by their signing names
   * @param xmlAnswers of the services that speak REST-XML, by their signing names
   */
  public Wire(
      Services services, Map<String, QueryDialect> dialects, Map<String, XmlAnswers> xmlAnswers) {
    this.services = services;
    this.dialects = Map.copyOf(dialects);
    this.xmlAnswers = Map.copyOf(xmlAnswers);
  }

  /** Who calls. */
  public interface Authentication {
    /**
     * The principal of a request.
     *
     * @throws AwsServiceException if its credentials are not valid
     */
    Principal principal();
  }

  /**
   * Answers a request, whatever becomes of it.
   *
   * @param service the signing name that the request was signed for
   */
  public void handle(
      String service,
      HttpCall http,
      Authentication authentication,
      Call.Origin origin,
      Outgoing out)
      throws IOException {
    String requestId = RequestIds.next();
    Protocol protocol = protocol(service, http);
    SdkRequest request = null;
    try {
      Service known = services.named(service);
      if (known == null) {
        throw AwsErrors.unsupported(service, named(http, protocol));
      }
      ServiceWire wire =
          wires.computeIfAbsent(
              service,
              s ->
                  new ServiceWire(
                      known,
                      xmlAnswers.containsKey(s) ? xmlAnswers.get(s).neverByPath() : Set.of()));
      Operation operation = operation(wire, http, protocol);
      request = read(operation, http, protocol);
      Call call =
          new Call(
              service, operation.name(), request, authentication.principal(), requestId, origin);
      if (protocol instanceof RestXmlProtocol xml && wire.streamsOutput(operation)) {
        services.invoke(call, streamTo(operation, xml, requestId, out));
      } else {
        Object answer =
            operation.streamsInput() && protocol instanceof RestXmlProtocol
                ? services.invoke(call, body(http))
                : services.invoke(call);
        protocol.answer(operation, (SdkPojo) answer, requestId, out);
      }
    } catch (AwsServiceException e) {
      protocol.fail(e, request, requestId, out);
    } catch (RuntimeException e) {
      if (e.getCause() instanceof Outgoing.BrokenOffException gone) {
        throw gone;
      }
      LOG.error("{} request {} failed", service, requestId, e);
      protocol.fail(
          AwsErrors.error(AwsServiceException.builder(), 500, "InternalFailure", String.valueOf(e)),
          request,
          requestId,
          out);
    }
  }

  private Protocol protocol(String service, HttpCall http) throws IOException {
    String contentType = http.header("content-type");
    if (http.header("x-amz-target") != null) {
      return new JsonProtocol(
          contentType == null ? "application/x-amz-json-1.1" : contentType, dialects.get(service));
    } else if (contentType != null
        && contentType.startsWith("application/x-www-form-urlencoded")
        && !xmlAnswers.containsKey(service)) {
      return QueryProtocol.of(http, dialects.get(service));
    }
    XmlAnswers xml = REST_XML_ELSEWHERE.contains(service) ? NO_ANSWERS : xmlAnswers.get(service);
    return xml == null ? new RestJsonProtocol() : new RestXmlProtocol(xml);
  }

  private static Operation operation(ServiceWire wire, HttpCall http, Protocol protocol) {
    @Nullable String name = name(http, protocol);
    Operation operation =
        name != null
            ? wire.named(name)
            : protocol instanceof QueryProtocol ? null : wire.matching(http);
    if (operation == null) {
      throw AwsErrors.unsupported(wire.service().name(), named(http, protocol));
    } else if (!wire.service().supports(operation.name())) {
      throw AwsErrors.unsupported(wire.service().name(), operation.name());
    }
    return operation;
  }

  private static @Nullable String name(HttpCall http, Protocol protocol) {
    String target = http.header("x-amz-target");
    return target != null
        ? target.substring(target.indexOf('.') + 1)
        : protocol instanceof QueryProtocol query ? query.action() : null;
  }

  /** What the request asks for, in its own words. */
  private static String named(HttpCall http, Protocol protocol) {
    String name = name(http, protocol);
    return name == null ? http.method() + " " + http.path() : name;
  }

  private static SdkRequest read(Operation operation, HttpCall http, Protocol protocol) {
    SdkPojo builder = Pojos.builder(operation.request());
    try {
      protocol.read(operation, http, builder);
    } catch (IOException e) {
      throw AwsErrors.error(
          AwsServiceException.builder(),
          400,
          protocol instanceof RestXmlProtocol ? "MalformedXML" : "SerializationException",
          e.getMessage());
    }
    return (SdkRequest) ((Buildable) builder).build();
  }

  /** The body of an upload, which can be read once. */
  private static RequestBody body(HttpCall http) {
    String decoded = http.header("x-amz-decoded-content-length");
    String length = decoded != null ? decoded : http.header("content-length");
    var body = new AtomicReference<@Nullable InputStream>(http.body());
    ContentStreamProvider once =
        () -> {
          InputStream stream = body.getAndSet(null);
          if (stream == null) {
            throw new IllegalStateException("the body of a request can be read only once");
          }
          return stream;
        };
    String type = http.header("content-type");
    return length == null
        ? RequestBody.fromContentProvider(once, type == null ? "binary/octet-stream" : type)
        : RequestBody.fromContentProvider(
            once, Long.parseLong(length), type == null ? "binary/octet-stream" : type);
  }

  private static <T extends SdkPojo> ResponseTransformer<T, Object> streamTo(
      Operation operation, RestXmlProtocol xml, String requestId, Outgoing out) {
    return (response, stream) -> {
      var headers = new LinkedHashMap<>(RestXmlProtocol.headers(requestId));
      RestProtocol.putHeaders(response, headers);
      long length = Long.parseLong(headers.remove("Content-Length"));
      try (stream) {
        out.stream(xml.status(operation.name(), headers), headers, length, stream);
      }
      return response;
    };
  }
}
