package dev.onboard.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.onboard.console.web.Questions;
import dev.onboard.console.web.Sdk;
import dev.onboard.console.web.Site;
import dev.onboard.console.web.Url;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The console: answers HTTP requests below {@link #PATH}.
 *
 * <p>It sees the stack as everybody does, through SDK clients, and the rest through questions.
 */
public final class Console implements HttpHandler, AutoCloseable {
  /** Where it must be mounted. */
  public static final String PATH = Url.ROOT;

  private final Sdk sdk;
  private final Questions questions;
  private @Nullable Site site;

  /**
   * Makes a console.
   *
   * @param sdk the services
   * @param questions what only the runtime knows
   */
  public Console(Sdk sdk, Questions questions) {
    this.sdk = sdk;
    this.questions = questions;
  }

  /** Nothing is read before somebody looks: most runtimes end without that. */
  private synchronized Site site() {
    if (site == null) {
      site = new Site(sdk, questions, Sections::all);
    }
    return site;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    site().handle(exchange);
  }

  /** Loads what the first page needs, which takes half a second, before somebody waits for it. */
  public void prepare() {
    site().prepare();
  }

  /** Ends the live updates of all open pages. */
  @Override
  public synchronized void close() {
    if (site != null) {
      site.close();
    }
  }
}
