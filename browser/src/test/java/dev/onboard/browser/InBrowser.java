package dev.onboard.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link Visitor}, who sees the console of a runtime that all tests share. Without a
 * Chromium on this machine the tests are skipped, and that is said.
 */
final class InBrowser implements ExecutionCondition, ParameterResolver, AfterEachCallback {
  private static final Namespace OURS = Namespace.create(InBrowser.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (Chromium.find().isPresent()) {
      return ConditionEvaluationResult.enabled("there is a Chromium");
    }
    String reason = "no Chromium on the PATH or in CHROMIUM: the browser tests are skipped";
    if (context.getTestMethod().isEmpty()) {
      context.publishReportEntry("skipped", reason);
      System.out.println(context.getDisplayName() + ": " + reason);
    }
    return ConditionEvaluationResult.disabled(reason);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Visitor.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Shared shared =
        context
            .getRoot()
            .getStore(OURS)
            .getOrComputeIfAbsent(Shared.class, key -> Shared.start(), Shared.class);
    var visitor = new Visitor(shared.browser, shared.onboard);
    context.getStore(OURS).put(Visitor.class, visitor);
    return visitor;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Visitor visitor = context.getStore(OURS).remove(Visitor.class, Visitor.class);
    if (visitor != null) {
      visitor.close();
    }
  }

  /** What is started once and closed by JUnit after all tests. */
  private record Shared(RunningOnboard onboard, Playwright playwright, Browser browser)
      implements AutoCloseable, ExtensionContext.Store.CloseableResource {
    static Shared start() {
      Optional<Path> chromium = Chromium.find();
      Playwright playwright =
          Playwright.create(
              new Playwright.CreateOptions()
                  .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
      Browser browser =
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(chromium.orElseThrow())
                      .setArgs(List.of("--no-sandbox")));
      return new Shared(RunningOnboard.start(), playwright, browser);
    }

    @Override
    public void close() throws Exception {
      browser.close();
      playwright.close();
      onboard.close();
    }
  }
}
