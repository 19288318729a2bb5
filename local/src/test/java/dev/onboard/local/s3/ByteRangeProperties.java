package dev.onboard.local.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ByteRangeProperties {
  @Property
  void range_isTheStretchThatItNames(
      @ForAll @IntRange(max = 20) int first,
      @ForAll @IntRange(max = 30) int last,
      @ForAll @IntRange(max = 20) int size) {
    if (first >= size) {
      assertThat(catchThrowable(() -> ByteRange.parse("bytes=" + first + "-" + last, size)))
          .hasMessageContaining("not satisfiable");
    } else if (first > last) {
      assertThat(ByteRange.parse("bytes=" + first + "-" + last, size)).isEmpty();
    } else {
      ByteRange range = ByteRange.parse("bytes=" + first + "-" + last, size).orElseThrow();
      assertThat(range.first()).isEqualTo(first);
      assertThat(range.length()).isEqualTo(Math.min(last, size - 1) - first + 1);
    }
  }

  @Property
  void suffix_isTheEnd(
      @ForAll @IntRange(min = 1, max = 30) int length,
      @ForAll @IntRange(min = 1, max = 20) int size) {
    ByteRange range = ByteRange.parse("bytes=-" + length, size).orElseThrow();
    assertThat(range.length()).isEqualTo(Math.min(length, size));
    assertThat(range.first() + range.length()).isEqualTo(size);
  }

  @Property(tries = 200)
  void sliceOfPieces_isTheSliceOfWhatTheyHold(
      @ForAll @Size(max = 5) List<@Size(max = 8) byte[]> pieces,
      @ForAll @IntRange(max = 40) int from,
      @ForAll @IntRange(max = 40) int length)
      throws IOException {
    Path folder = Files.createTempDirectory("pieces");
    try {
      var whole = new java.io.ByteArrayOutputStream();
      var all = new ArrayList<Piece>();
      for (int i = 0; i < pieces.size(); i++) {
        byte[] piece = pieces.get(i);
        whole.writeBytes(piece);
        Files.write(folder.resolve("f" + i), piece);
        all.add(new Piece("f" + i, 0, piece.length));
      }
      byte[] expected = whole.toByteArray();
      int first = Math.min(from, expected.length);
      int last = Math.min(first + length, expected.length);
      var released = new ArrayList<String>();
      try (InputStream in =
          new BodyStream(
              Piece.slice(all, first, last - first),
              folder::resolve,
              () -> released.add("released"))) {
        assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(expected, first, last));
      }
      assertThat(released).hasSize(1);
    } finally {
      for (int i = 0; i < pieces.size(); i++) {
        Files.deleteIfExists(folder.resolve("f" + i));
      }
      Files.delete(folder);
    }
  }
}
