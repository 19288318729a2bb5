package dev.onboard.local.s3;

import java.util.List;

/** A body that has been written to its file and belongs to nothing yet. */
record Received(List<Piece> pieces, Digests.Summary summary) {}
