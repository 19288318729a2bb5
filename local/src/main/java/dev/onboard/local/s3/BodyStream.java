package dev.onboard.local.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pieces of files as one stream; it lets go of them when it ends or is closed. */
final class BodyStream extends InputStream {
  private final Iterator<Piece> pieces;
  private final Function<String, Path> paths;
  private @Nullable Runnable release;
  private @Nullable FileChannel file;
  private long position;
  private long left;

  BodyStream(List<Piece> pieces, Function<String, Path> paths, Runnable release) {
    this.pieces = pieces.iterator();
    this.paths = paths;
    this.release = release;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    FileChannel channel = current();
    if (channel == null) {
      return -1;
    }
    int n = channel.read(ByteBuffer.wrap(buffer, offset, (int) Math.min(length, left)), position);
    if (n < 0) {
      throw new IOException("a file of an object is " + left + " bytes short");
    }
    position += n;
    left -= n;
    return n;
  }

  @Override
  public int available() {
    return (int) Math.min(left, Integer.MAX_VALUE);
  }

  @Override
  public void close() throws IOException {
    try {
      closeFile();
    } finally {
      if (release != null) {
        Runnable once = release;
        release = null;
        once.run();
      }
    }
  }

  private @Nullable FileChannel current() throws IOException {
    while (left == 0) {
      closeFile();
      if (release == null || !pieces.hasNext()) {
        close();
        return null;
      }
      Piece piece = pieces.next();
      file = FileChannel.open(paths.apply(piece.file()), StandardOpenOption.READ);
      position = piece.start();
      left = piece.length();
    }
    if (file == null) {
      throw new IOException("the stream is closed");
    }
    return file;
  }

  private void closeFile() throws IOException {
    if (file != null) {
      file.close();
      file = null;
    }
  }
}
