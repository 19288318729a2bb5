package dev.onboard.local.lambda.host;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The main class of the small process that has an ahead-of-time cache made and puts it in place
 * once it is whole, be the runtime still there or not.
 */
public final class CacheMaker {
  private static final int MINUTES = 5;

  private CacheMaker() {}

  /**
   * Makes a cache.
   *
   * @param arguments the file it goes to, the file it is written to meanwhile, then the command of
   *     the process that writes it
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path cache = Path.of(arguments[0]);
    Path unfinished = Path.of(arguments[1]);
    var command = List.of(arguments).subList(2, arguments.length);
    Path log = cache.resolveSibling(cache.getFileName() + ".log");
    HttpServer services = services();
    var builder = new ProcessBuilder(command);
    builder
        .environment()
        .put("AWS_ENDPOINT_URL", "http://127.0.0.1:" + services.getAddress().getPort());
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    process.getOutputStream().close();
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      // Something that was initialised does not come back.
      process.destroyForcibly();
    }
    int exit = process.waitFor();
    services.stop(0);
    if (exit == 0 && Files.exists(unfinished)) {
      Files.move(unfinished, cache, StandardCopyOption.ATOMIC_MOVE);
      Files.deleteIfExists(log);
    } else {
      // A log that stays says that there is one being made.
      Files.deleteIfExists(unfinished);
      Files.move(
          log,
          cache.resolveSibling(cache.getFileName() + ".failed"),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * What stands for all of AWS meanwhile: every call succeeds and says nothing, so that a function
   * that calls before its snapshot, to be quicker after it, goes the whole way.
   */
  private static HttpServer services() throws IOException {
    byte[] nothing = "{}".getBytes(StandardCharsets.UTF_8);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
          boolean head = exchange.getRequestMethod().equals("HEAD");
          exchange.sendResponseHeaders(200, head ? -1 : nothing.length);
          if (!head) {
            exchange.getResponseBody().write(nothing);
          }
          exchange.close();
        });
    server.start();
    return server;
  }
}
