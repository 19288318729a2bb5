package dev.onboard.local.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class ChecksumProperties {
  @Property(tries = 300)
  void checksumOfTwoPieces_followsFromThatOfEach(
      @ForAll @Size(max = 300) byte[] first, @ForAll @Size(max = 300) byte[] second) {
    var both = new byte[first.length + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    for (ChecksumKind kind : ChecksumKind.values()) {
      if (kind.combines()) {
        assertThat(kind.combine(of(kind, first), of(kind, second), second.length))
            .isEqualTo(of(kind, both));
      }
    }
  }

  @Property(tries = 100)
  void crc64_isTheSameByteByByte(@ForAll @Size(max = 100) byte[] data) {
    var bytes = new Crc64Nvme();
    for (byte b : data) {
      bytes.update(b);
    }
    var whole = new Crc64Nvme();
    whole.update(data, 0, data.length);
    assertThat(whole.getValue()).isEqualTo(bytes.getValue());
  }

  /** The check value of the catalogue of parametrised CRC algorithms. */
  @Example
  void crc64_hasItsCheckValue() {
    assertThat(
            HexFormat.of()
                .formatHex(
                    of(ChecksumKind.CRC64NVME, "123456789".getBytes(StandardCharsets.US_ASCII))))
        .isEqualTo("ae8b14860a799888");
  }

  private static byte[] of(ChecksumKind kind, byte[] data) {
    RunningChecksum running = kind.start();
    running.update(data, 0, data.length);
    return running.value();
  }
}
