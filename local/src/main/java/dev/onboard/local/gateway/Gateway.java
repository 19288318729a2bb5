package dev.onboard.local.gateway;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Call;
import dev.onboard.local.wire.AwsChunkedStream;
import dev.onboard.local.wire.HttpCall;
import dev.onboard.local.wire.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server on the loopback address, the one endpoint of every service. */
public final class Gateway implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  static {
    // Answers are written in one piece where they can be; Nagle's delay would only cost.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "1000");
    System.setProperty("sun.net.httpserver.idleInterval", "300");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Wire wire;
  private final Authenticator authenticator;
  private final List<Route> routes;
  private final List<Mount> mounts = new CopyOnWriteArrayList<>();
  private final String region;

  private Gateway(
      HttpServer server,
      Wire wire,
      Authenticator authenticator,
      String region,
      List<Route> routes) {
    this.server = server;
    this.wire = wire;
    this.authenticator = authenticator;
    this.region = region;
    this.routes = List.copyOf(routes);
  }

  /**
   * Listens on the loopback address.
   *
   * @param port 0 for any that is free
   * @throws java.net.BindException if the port is in use
   */
  public static Gateway listen(
      int port, Wire wire, Authenticator authenticator, String region, List<Route> routes)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 1024);
    var gateway = new Gateway(server, wire, authenticator, region, routes);
    server.setExecutor(gateway.threads);
    server.createContext("/", gateway::handle);
    server.start();
    return gateway;
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What answers below a path on its own: neither a service nor a part of the runtime. */
  private record Mount(String prefix, HttpHandler handler) {
    boolean takes(String path) {
      return path.startsWith(prefix);
    }

    /** Whether only the last slash is missing. */
    boolean isMeantBy(String path) {
      return prefix.equals(path + "/");
    }
  }

  /**
   * Lets something else answer below a path.
   *
   * @param prefix how the paths begin, with a slash at both ends
   */
  public void mount(String prefix, HttpHandler handler) {
    if (!prefix.matches("/[^/]+/")) {
      throw new IllegalArgumentException(
          "the prefix must be a name between two slashes, not " + prefix);
    }
    mounts.add(new Mount(prefix, handler));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var out = new ExchangeAnswer(exchange);
      try {
        if (handleMounted(exchange, out)) {
          return;
        }
        HttpCall call = call(exchange);
        for (Route route : routes) {
          if (call.path().startsWith(route.prefix())) {
            route.handler().handle(call, out);
            return;
          }
        }
        serve(exchange, call, out);
      } catch (RuntimeException e) {
        LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
        out.failUnlessSent(e);
      }
    } catch (IOException e) {
      // The client went away: there is nobody left to tell.
      LOG.debug("{} {} broke off", exchange.getRequestMethod(), exchange.getRequestURI(), e);
    }
  }

  private boolean handleMounted(HttpExchange exchange, ExchangeAnswer out) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    for (Mount mount : mounts) {
      if (mount.takes(path)) {
        mount.handler().handle(exchange);
        return true;
      } else if (mount.isMeantBy(path)) {
        redirect(mount, out);
        return true;
      }
    }
    if (!mounts.isEmpty() && isBrowserAtTheDoor(exchange)) {
      redirect(mounts.getFirst(), out);
      return true;
    }
    return false;
  }

  private static void redirect(Mount mount, ExchangeAnswer out) throws IOException {
    out.send(302, Map.of("Location", mount.prefix()), new byte[0]);
  }

  /** A person typed the address; a client of S3 that lists the buckets signs, and takes no HTML. */
  private static boolean isBrowserAtTheDoor(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    String query = exchange.getRequestURI().getRawQuery();
    return exchange.getRequestMethod().equals("GET")
        && exchange.getRequestURI().getRawPath().equals("/")
        && String.valueOf(headers.getFirst("Accept")).contains("text/html")
        && !headers.containsKey("Authorization")
        && (query == null || !query.toLowerCase(Locale.ROOT).contains("x-amz-"))
        && headers.keySet().stream()
            .noneMatch(h -> h.toLowerCase(Locale.ROOT).startsWith("x-amz-"));
  }

  private void serve(HttpExchange exchange, HttpCall call, ExchangeAnswer out) throws IOException {
    Signature signature = Signature.of(call);
    String host = String.valueOf(call.header("host"));
    var origin =
        new Call.Origin(
            exchange.getRemoteAddress().getAddress().getHostAddress(),
            String.valueOf(call.header("user-agent")),
            "http://" + host);
    HttpCall addressed = signature.service().equals("s3") ? BucketHost.inPath(call, host) : call;
    wire.handle(
        signature.service(),
        addressed,
        () -> {
          if (signature.isOfAnotherRegion(region)) {
            throw AwsErrors.error(
                software.amazon.awssdk.awscore.exception.AwsServiceException.builder(),
                400,
                "AuthorizationHeaderMalformed",
                "the region '"
                    + signature.region()
                    + "' is wrong; the local runtime is region '"
                    + region
                    + "'");
          }
          return authenticator.principal(signature);
        },
        origin,
        out);
  }

  private static HttpCall call(HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    Map<String, List<String>> headers = new HashMap<>();
    exchange.getRequestHeaders().forEach((k, v) -> headers.put(k.toLowerCase(Locale.ROOT), v));
    return new HttpCall(
        exchange.getRequestMethod(),
        uri.getRawPath(),
        HttpCall.parseQuery(uri.getRawQuery()),
        headers,
        body(exchange.getRequestBody(), headers));
  }

  private static InputStream body(InputStream raw, Map<String, List<String>> headers)
      throws IOException {
    List<String> sha = headers.getOrDefault("x-amz-content-sha256", List.of());
    boolean chunked =
        !sha.isEmpty() && sha.getFirst().startsWith("STREAMING-")
            || headers.containsKey("x-amz-decoded-content-length");
    if (chunked) {
      stripEncoding(headers);
      return new AwsChunkedStream(raw);
    }
    boolean isObject = headers.containsKey("x-amz-content-sha256") && !sha.isEmpty();
    List<String> encoding = headers.getOrDefault("content-encoding", List.of());
    return !isObject && encoding.equals(List.of("gzip")) ? new GZIPInputStream(raw) : raw;
  }

  /** What is left of the content encoding is the object's own. */
  private static void stripEncoding(Map<String, List<String>> headers) {
    List<String> encoding = headers.get("content-encoding");
    if (encoding != null) {
      String own =
          String.join(
              ",",
              java.util.Arrays.stream(String.join(",", encoding).split(","))
                  .map(String::strip)
                  .filter(e -> !e.equals("aws-chunked") && !e.isEmpty())
                  .toList());
      if (own.isEmpty()) {
        headers.remove("content-encoding");
      } else {
        headers.put("content-encoding", List.of(own));
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
