package dev.onboard.local.lambda.host;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.api.client.EventHandlerLoader;
import com.amazonaws.services.lambda.runtime.api.client.HandlerInfo;
import com.amazonaws.services.lambda.runtime.api.client.LambdaRequestHandler;
import com.amazonaws.services.lambda.runtime.api.client.logging.LambdaContextLogger;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.LambdaError;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.RapidErrorType;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.dto.ErrorRequest;
import com.amazonaws.services.lambda.runtime.api.client.util.ConcurrencyConfig;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * The main class of a function's process: AWS's own runtime interface client, its event loop and
 * its serialisation, with two differences.
 *
 * <p>The Runtime API is spoken in plain Java ({@link HttpRuntimeApi}), for AWS's client has native
 * code for Linux alone; and the function is on the class path, not in a class loader of its own,
 * for an ahead-of-time cache holds nothing else.
 */
public final class FunctionHost extends AWSLambda {
  private FunctionHost() {}

  /**
   * Runs a function until the process ends.
   *
   * @param arguments the handler
   */
  public static void main(String[] arguments) throws Throwable {
    var api = new HttpRuntimeApi(System.getenv("AWS_LAMBDA_RUNTIME_API"));
    try (var logger = (LambdaContextLogger) own("initLogger")) {
      own("setupRuntimeLogger", logger);
      LambdaRequestHandler handler = load(arguments[0], api);
      if ("snap-start".equals(System.getenv("AWS_LAMBDA_INITIALIZATION_TYPE"))) {
        runHooks(api);
      }
      api.initialized();
      startRuntimeLoops(handler, logger, new ConcurrencyConfig(logger), api);
    } catch (IOException e) {
      // The runtime is gone; so must this process be, whatever threads the function has.
      System.exit(1);
    }
  }

  private static void runHooks(HttpRuntimeApi api) throws IOException {
    try {
      SnapshotHooks.run();
    } catch (Throwable e) {
      throw failed(api, String.valueOf(e.getMessage()), e);
    }
  }

  private static LambdaRequestHandler load(String name, HttpRuntimeApi api) throws IOException {
    try {
      HandlerInfo handler = HandlerInfo.fromString(name, ClassLoader.getSystemClassLoader());
      return EventHandlerLoader.loadEventHandler(handler);
    } catch (ClassNotFoundException e) {
      throw failed(api, "Class not found: " + e.getMessage(), e);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw failed(api, String.valueOf(cause.getMessage()), cause);
    }
  }

  private static Error failed(HttpRuntimeApi api, String message, Throwable cause)
      throws IOException {
    cause.printStackTrace();
    api.reportInitError(
        new LambdaError(
            new ErrorRequest(
                message,
                cause.getClass().getName(),
                Arrays.stream(cause.getStackTrace())
                    .map(StackTraceElement::toString)
                    .toArray(String[]::new)),
            RapidErrorType.BadFunctionCode));
    System.exit(1);
    return new AssertionError(cause);
  }

  /** A step of AWS's main method, which is not open to subclasses. */
  private static Object own(String name, Object... arguments) throws Throwable {
    Method step =
        Arrays.stream(AWSLambda.class.getDeclaredMethods())
            .filter(m -> m.getName().equals(name))
            .findFirst()
            .orElseThrow(() -> new NoSuchMethodException(name));
    step.setAccessible(true);
    try {
      return step.invoke(null, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
