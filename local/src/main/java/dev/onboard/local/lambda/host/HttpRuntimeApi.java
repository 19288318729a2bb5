package dev.onboard.local.lambda.host;

import com.amazonaws.services.lambda.runtime.api.client.logging.LambdaContextLogger;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.DtoSerializers;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.LambdaError;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.LambdaRuntimeApiClient;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.dto.InvocationRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The Lambda Runtime API (version 2018-06-01) in plain Java. */
final class HttpRuntimeApi implements LambdaRuntimeApiClient {
  private static final String ERROR_TYPE = "Lambda-Runtime-Function-Error-Type";

  private final String base;

  HttpRuntimeApi(String authority) {
    this.base = "http://" + authority + "/2018-06-01/runtime";
  }

  /** Tells that the function is loaded; the API itself learns this from the first {@code next}. */
  void initialized() throws IOException {
    post("/init/complete", new byte[0], null);
  }

  @Override
  public void reportInitError(LambdaError error) throws IOException {
    report("/init/error", error);
  }

  @Override
  public InvocationRequest nextInvocation() throws IOException {
    HttpURLConnection connection = open("/invocation/next");
    connection.setReadTimeout(0);
    if (connection.getResponseCode() == 410) {
      // The runtime lets this instance go.
      System.exit(0);
    }
    var request = new InvocationRequest();
    request.setId(connection.getHeaderField("Lambda-Runtime-Aws-Request-Id"));
    request.setInvokedFunctionArn(connection.getHeaderField("Lambda-Runtime-Invoked-Function-Arn"));
    request.setDeadlineTimeInMs(
        Long.parseLong(connection.getHeaderField("Lambda-Runtime-Deadline-Ms")));
    request.setXrayTraceId(connection.getHeaderField("Lambda-Runtime-Trace-Id"));
    request.setClientContext(connection.getHeaderField("Lambda-Runtime-Client-Context"));
    try (InputStream body = connection.getInputStream()) {
      request.setContent(body.readAllBytes());
    }
    return request;
  }

  @Override
  public InvocationRequest nextInvocationWithExponentialBackoff(LambdaContextLogger logger)
      throws IOException {
    return nextInvocation();
  }

  @Override
  public void reportInvocationSuccess(String requestId, byte[] response) throws IOException {
    post("/invocation/" + requestId + "/response", response, null);
  }

  @Override
  public void reportInvocationError(String requestId, LambdaError error) throws IOException {
    report("/invocation/" + requestId + "/error", error);
  }

  @Override
  public void restoreNext() {
    // There is no snapshot to come back from: the process that was initialised goes on.
  }

  @Override
  public void reportRestoreError(LambdaError error) throws IOException {
    report("/init/error", error);
  }

  private void report(String path, LambdaError error) throws IOException {
    post(path, DtoSerializers.serialize(error.errorRequest), error.errorType.getRapidError());
  }

  private void post(String path, byte[] body, @Nullable String errorType) throws IOException {
    HttpURLConnection connection = open(path);
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(body.length);
    connection.setRequestProperty("Content-Type", "application/json");
    if (errorType != null) {
      connection.setRequestProperty(ERROR_TYPE, errorType);
    }
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body);
    }
    int status = connection.getResponseCode();
    if (status >= 400) {
      throw new IOException(path + " was answered with " + status);
    }
    try (InputStream in = connection.getInputStream()) {
      in.readAllBytes();
    }
  }

  private HttpURLConnection open(String path) throws IOException {
    return (HttpURLConnection) URI.create(base + path).toURL().openConnection();
  }
}
