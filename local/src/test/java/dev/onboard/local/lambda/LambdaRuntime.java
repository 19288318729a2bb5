package dev.onboard.local.lambda;

import dev.onboard.local.Rooms;
import dev.onboard.local.call.Services;
import dev.onboard.local.gateway.Gateway;
import dev.onboard.local.gateway.Route;
import dev.onboard.local.lambda.process.RuntimeApi;
import dev.onboard.local.sqs.LocalSqs;
import dev.onboard.local.wire.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** Lambda with queues, for tests: processes reach it by a gateway that serves nobody else. */
final class LambdaRuntime implements AutoCloseable {
  private static final String ROLE = "arn:aws:iam::000000000000:role/sample";

  final RecordingLogs logs = new RecordingLogs();
  final Rooms rooms;
  final LambdaClient lambda;
  private final Gateway gateway;

  /**
   * Starts one.
   *
   * @param caches where start-up caches are kept
   */
  LambdaRuntime(Path data, Path caches) throws IOException {
    var listening = new CompletableFuture<Gateway>();
    var api = new CompletableFuture<LocalLambda>();
    this.rooms =
        Rooms.open(
            data,
            () -> listening.join().endpoint(),
            env -> {
              var room = new LocalLambda(env, caches, 8);
              api.complete(room);
              return List.of(room, new LocalSqs(env), new FixedSts(), logs);
            });
    this.gateway =
        Gateway.listen(
            0,
            new Wire(new Services(List.of()), Map.of(), Map.of()),
            signature -> {
              throw new AssertionError("nobody calls by HTTP here");
            },
            "us-east-1",
            List.of(
                new Route(LocalLambda.CODE_PREFIX, api.join()::serveCode),
                new Route(RuntimeApi.PREFIX, api.join().runtimeApi()::handle)));
    listening.complete(gateway);
    this.lambda = rooms.client(LambdaClient.class);
  }

  /** Creates a function that is a {@link SampleFunction}. */
  void create(String name, String architecture) {
    lambda.createFunction(c ->
        c.functionName(name)
            .architecturesWithStrings(architecture)
            .runtime("java25")
            .role(ROLE)
            .handler(SampleFunction.class.getName() + "::handleRequest")
            .timeout(30)
            .code(z -> z.zipFile(code())));
  }

  InvokeResponse invoke(String function, String payload) {
    return lambda.invoke(i -> i.functionName(function).payload(SdkBytes.fromUtf8String(payload)));
  }

  static SdkBytes code() {
    String entry = SampleFunction.class.getName().replace('.', '/') + ".class";
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes);
        InputStream in = SampleFunction.class.getClassLoader().getResourceAsStream(entry)) {
      var same = new ZipEntry(entry);
      same.setTime(0);
      zip.putNextEntry(same);
      in.transferTo(zip);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return SdkBytes.fromByteArray(bytes.toByteArray());
  }

  @Override
  public void close() {
    rooms.close();
    gateway.close();
  }
}
