package dev.onboard.local.s3;

import java.util.ArrayList;
import java.util.List;

/** A stretch of a file; the pieces of a body, one after the other, are what it holds. */
record Piece(String file, long start, long length) {

  static long length(List<Piece> pieces) {
    return pieces.stream().mapToLong(Piece::length).sum();
  }

  /** The pieces of a stretch of a body. */
  static List<Piece> slice(List<Piece> pieces, long from, long length) {
    var slice = new ArrayList<Piece>();
    long position = 0;
    long end = from + length;
    for (Piece piece : pieces) {
      long first = Math.max(from, position);
      long last = Math.min(end, position + piece.length);
      if (first < last) {
        slice.add(new Piece(piece.file, piece.start + first - position, last - first));
      }
      position += piece.length;
    }
    return slice;
  }
}
