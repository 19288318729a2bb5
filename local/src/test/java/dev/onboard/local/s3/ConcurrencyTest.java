package dev.onboard.local.s3;

import static dev.onboard.local.s3.S3Room.BUCKET;
import static dev.onboard.local.s3.S3Room.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

class ConcurrencyTest {
  @TempDir Path folder;

  @Test
  void objectWrittenReadAndCopiedByMany_isAlwaysWhole() throws Exception {
    try (S3Room room = new S3Room(folder).withBucket();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<byte[]> bodies = List.of(bytes(70_000, 1), bytes(140_000, 2), bytes(200_000, 3));
      put(room, bodies.getFirst());
      List<Future<?>> work = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        int n = i;
        work.add(
            threads.submit(() -> {
              switch (n % 3) {
                case 0 -> put(room, bodies.get(n / 3 % 3));
                case 1 ->
                    room.s3.copyObject(b ->
                        b.sourceBucket(BUCKET)
                            .sourceKey("a")
                            .destinationBucket(BUCKET)
                            .destinationKey("copy"));
                default -> {
                  byte[] got = room.get("a").asByteArray();
                  assertThat(bodies).anyMatch(body -> Arrays.equals(body, got));
                }
              }
            }));
      }
      for (Future<?> done : work) {
        done.get();
      }
      assertThat(bodies).anyMatch(body -> Arrays.equals(body, room.get("copy").asByteArray()));
      assertThat(room.files()).hasSizeBetween(1, 2);
    }
  }

  private static void put(S3Room room, byte[] body) {
    room.s3.putObject(b -> b.bucket(BUCKET).key("a"), RequestBody.fromBytes(body));
  }
}
