package dev.onboard.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.local.gateway.Gateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Whoever stops a download half way is not an error of the runtime. */
class DownloadBrokenOffTest {
  private static final int MORE_THAN_SOCKETS_HOLD = 32 << 20;

  private final Logger root = Logger.getLogger("");
  private final Logger gateway = Logger.getLogger(Gateway.class.getName());

  /** Keeps what is logged, and tells when the gateway has noticed that the client is gone. */
  private static final class Records extends Handler {
    final List<String> errors = new CopyOnWriteArrayList<>();
    final CountDownLatch noticed = new CountDownLatch(1);

    @Override
    public void publish(LogRecord entry) {
      if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
        errors.add(entry.getMessage());
      } else if (String.valueOf(entry.getMessage()).contains("broke off")) {
        noticed.countDown();
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void isNotLoggedAsOne(@TempDir Path data) throws Exception {
    var records = new Records();
    records.setLevel(Level.ALL);
    root.addHandler(records);
    gateway.setLevel(Level.FINE);
    try (LocalRuntime runtime = LocalRuntime.start(data, 0)) {
      S3Client s3 = runtime.client(S3Client.class);
      s3.createBucket(b -> b.bucket("large"));
      s3.putObject(
          p -> p.bucket("large").key("file"),
          RequestBody.fromBytes(new byte[MORE_THAN_SOCKETS_HOLD]));
      long later = runtime.clock().now().plusSeconds(60).getEpochSecond();
      beginAndReset(
          runtime.endpoint().getPort(),
          "/large/file?AWSAccessKeyId=test&Signature=c2lnbmVk&Expires=" + later);
      assertThat(records.noticed.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(records.errors).isEmpty();
    } finally {
      gateway.setLevel(null);
      root.removeHandler(records);
    }
  }

  private static void beginAndReset(int port, String path) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
      assertThat(new String(status, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
      // Closed with a reset instead of an orderly end.
      socket.setSoLinger(true, 0);
    }
  }
}
