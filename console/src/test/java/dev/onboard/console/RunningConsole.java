package dev.onboard.console;

import dev.onboard.local.LocalRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import software.amazon.awssdk.core.SdkClient;

/** A console on a real runtime, and how a browser without scripts sees it. */
public final class RunningConsole implements AutoCloseable {
  private final LocalRuntime runtime;
  private final Console console;
  private final HttpClient http = HttpClient.newHttpClient();

  private RunningConsole(LocalRuntime runtime, Console console) {
    this.runtime = runtime;
    this.console = console;
  }

  /** Starts a runtime over an empty folder. */
  public static RunningConsole start(Path data) {
    try {
      LocalRuntime runtime = LocalRuntime.start(data, 0);
      var console = new Console(runtime::onlooker, runtime::ask);
      runtime.mount(Console.PATH, console);
      return new RunningConsole(runtime, console);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A client of the runtime, to make what pages show. */
  public <C extends SdkClient> C client(Class<C> contract) {
    return runtime.client(contract);
  }

  public LocalRuntime runtime() {
    return runtime;
  }

  /** The page at a path below the console, which must be there. */
  public Document page(String path) {
    HttpResponse<String> answer = get(path);
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + " answered " + answer.statusCode() + "\n" + answer.body());
    }
    return Jsoup.parse(answer.body(), answer.uri().toString());
  }

  public HttpResponse<String> get(String path, String... headers) {
    return send(headers(request(path), headers).build(), BodyHandlers.ofString());
  }

  public HttpResponse<String> post(String path, String form, String... headers) {
    return send(
        headers(request(path), headers).POST(BodyPublishers.ofString(form)).build(),
        BodyHandlers.ofString());
  }

  /** A request to a path below the console, or to the endpoint if it begins with a slash. */
  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
        runtime.endpoint().resolve(path.startsWith("/") ? path : Console.PATH + path));
  }

  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body) {
    try {
      return http.send(request, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public URI address() {
    return runtime.endpoint().resolve(Console.PATH);
  }

  private static HttpRequest.Builder headers(HttpRequest.Builder request, String... headers) {
    return headers.length == 0 ? request : request.headers(headers);
  }

  @Override
  public void close() {
    http.shutdownNow();
    console.close();
    runtime.close();
  }
}
