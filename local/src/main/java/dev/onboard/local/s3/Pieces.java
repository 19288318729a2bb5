package dev.onboard.local.s3;

import dev.onboard.local.store.Store;
import dev.onboard.local.store.Tx;
import java.util.List;

/** Which bodies consist of which pieces of which files; several bodies may share a file. */
final class Pieces {
  private final Store store;
  private final Bodies bodies;

  Pieces(Store store, Bodies bodies) {
    this.store = store;
    this.bodies = bodies;
  }

  void add(Tx tx, long body, List<Piece> pieces) {
    for (int n = 0; n < pieces.size(); n++) {
      Piece piece = pieces.get(n);
      tx.update(
          "INSERT INTO s3_piece VALUES (?, ?, ?, ?, ?)",
          body,
          n,
          piece.file(),
          piece.start(),
          piece.length());
    }
  }

  List<Piece> of(Tx tx, long body) {
    return tx.list(
        "SELECT file, start, length FROM s3_piece WHERE body = ? ORDER BY n",
        r -> new Piece(r.string(1), r.number(2), r.number(3)),
        body);
  }

  /** Gives a body up; files that belong to no other go once that is committed. */
  void drop(Tx tx, long body) {
    List<String> files =
        tx.list("SELECT DISTINCT file FROM s3_piece WHERE body = ?", r -> r.string(1), body);
    tx.update("DELETE FROM s3_piece WHERE body = ?", body);
    for (String file : files) {
      // Asked at the end: what is dropped here may be taken up by another body in the same write.
      store.afterCommit(() -> removeUnlessKnown(file));
    }
  }

  private void removeUnlessKnown(String file) {
    if (!store.read(tx -> isKnown(tx, file))) {
      bodies.remove(file);
    }
  }

  boolean isKnown(Tx tx, String file) {
    return tx.exists("SELECT 1 FROM s3_piece WHERE file = ? LIMIT 1", file);
  }
}
